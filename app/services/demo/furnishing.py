"""Before the first unit comes: people, customers, products with their test sheets, parts with stock, shelves."""

from __future__ import annotations

from app.depot import SYSTEM, Operator
from app.domain.inspection import ItemKind, TestItem
from app.domain.masterdata import Contact, Customer, KeyPart, Part, Product
from app.domain.people import Role
from app.domain.places import ZONES, Place
from app.domain.storage import ShelfDraft
from app.services import customers, parts, people, products, storage, templates
from app.services.demo import money, part_keeping
from app.services.demo.house import PASSWORD, PIN, House
from app.services.demo.sample import Row


def furnish(house: House) -> None:
    """Enter everything; the administrator is there already."""
    _people(house)
    _customers(house)
    _products(house)
    _parts(house)
    part_keeping.furnish(house)
    money.furnish(house)
    supervisor = house.at(Role.SUPERVISOR, 0)
    for row in house.sample.depot["shelves"]:
        storage.add_shelf(supervisor, ShelfDraft(
            Place(row["place"]), row["code"], row["capacity"], tuple(row.get("provides", ())), row.get("note", "")))
    house.shelves = {zone: list(storage.shelves(supervisor, zone)) for zone in ZONES}


def _people(house: House) -> None:
    depot = house.depot.as_operator(SYSTEM)
    for row in house.sample.depot["people"]:
        if row["login"] == "admin":
            continue
        people.add_user(depot, people.NewUser(
            row["login"], row["name"], PASSWORD, PIN, frozenset({Role(row["role"])}), row.get("stamp", ""),
            row["badge"], row.get("language", "zh_CN")))
    order = [row["login"] for row in house.sample.depot["people"]]
    for user in sorted(people.users(depot), key=lambda view: order.index(view.login)):
        for role in user.roles:
            house.people.setdefault(role, []).append(Operator(user.id, user.login, user.name, user.roles))


def _customers(house: House) -> None:
    depot = house.at(Role.SUPERVISOR, 0)
    for row in house.sample.customers:
        plain = {name: row[name] for name in
                 ("code", "name", "kind", "address", "contact", "phone", "email", "language") if name in row}
        more = tuple(Contact("", "", each["name"], each["role"], each["phone"]) for each in row.get("more", ()))
        house.customers[row["code"]] = customers.add(depot, Customer(id="", **plain), more).customer


def _products(house: House) -> None:
    supervisor, inspector = house.at(Role.SUPERVISOR, 1), house.at(Role.INSPECTOR, 0)
    for row in house.sample.products:
        rule = {name: value for name, value in row["serial"].items() if name != "make"}
        plain = {name: row[name] for name in
                 ("model", "name_zh", "name_en", "line", "storage_condition", "price_class", "warranty",
                  "soak_minutes") if name in row}
        keys = tuple(KeyPart(id="", product_id="", **part) for part in row.get("key_parts", ()))
        product = products.add(supervisor, Product(id="", serial_rule=rule, **plain), keys).product
        items = tuple(_item(each) for each in row["tests"])
        templates.save(inspector, product.id, items, "", 0)
        house.products[row["model"]], house.tests[row["model"]] = product, items


def _item(row: Row) -> TestItem:
    values = {**row, "kind": ItemKind(row["kind"])}
    for name in ("choices", "good"):
        if name in values:
            values[name] = tuple(values[name])
    return TestItem(**values)


def _parts(house: House) -> None:
    depot = house.at(Role.SUPERVISOR, 0)
    for row in house.sample.parts:
        plain = {name: value for name, value in row.items() if name != "stock"}
        house.parts[row["part_no"]] = parts.add(depot, Part(id="", **plain), row["stock"]).part
