"""The customer port, and what its accounts may do as credentials."""

import pytest
from platform_client import fresh, refused


@pytest.fixture
def reseller(platform):
    return platform.reseller(organization=fresh("Whole") + " Sale")


@pytest.fixture
def customer(platform, reseller):
    return platform.customer(reseller=reseller["id"], firstName="Carla")


def login(platform, account, **more):
    return platform.act_as(account["username"], "pw", **more)


def test_an_account_without_reseller_becomes_one(platform, reseller, customer):
    assert reseller["id"] == reseller["reseller"] >= 20001
    assert customer["reseller"] == reseller["id"] != customer["id"]
    read = platform.Customer.getAccount(customer["id"])
    assert read == customer
    assert (read["password"], read["firstName"], read["balance"]) == ("pw", "Carla", 0.0)


def test_usernames_are_unique(platform, customer):
    refused(5001, platform.Customer.addAccount, {"username": customer["username"].upper()})
    refused(5000, platform.Customer.updateAccount, {"id": 1, "username": "x"})
    refused(5000, platform.Customer.deleteAccount, 1)
    refused(5000, platform.Customer.addAccount, {"username": fresh("c"), "reseller": 1})


def test_update_and_copy(platform, reseller):
    account = platform.customer(reseller=reseller["id"])
    account.update(city="Haarlem", credit=12.5, password="")
    platform.Customer.updateAccount(account)
    after = platform.Customer.getAccount(account["id"])
    assert (after["city"], after["credit"], after["password"]) == ("Haarlem", 12.5, "pw")
    copy = {**after, "username": after["username"] + "-1"}
    del copy["id"]
    assert platform.Customer.addAccount(copy)["id"] != after["id"]


def test_search(platform, reseller, customer):
    def ids(operation, **filters):
        query = {
            "filter": filters,
            "orderBy": {"attribute": "customer", "direction": "ASC"},
            "range": {"start": 0, "count": 100},
        }
        return [account["id"] for account in operation(query)["accounts"]]

    customers, resellers = platform.Customer.getCustomers, platform.Customer.getResellers
    assert ids(customers, reseller=reseller["id"])[:2] == [reseller["id"], customer["id"]]
    assert ids(customers, reseller=reseller["id"], only_resellers="1") == [reseller["id"]]
    assert ids(resellers, organization=reseller["organization"].replace("Sale", "%")) == [reseller["id"]]
    assert ids(resellers, customer=customer["id"]) == [customer["id"]]
    assert ids(customers, customer=customer["id"]) == [customer["id"]]


def test_properties(platform, customer):
    identifier = customer["id"]
    assert platform.Customer.getProperties(identifier) == []
    first = {"name": "sip_credit", "category": "credit", "value": "5", "permission": "admin"}
    second = {"name": "sip_accounts_last_domain", "category": "web", "value": "a.b", "permission": "customer"}
    platform.Customer.setProperties(identifier, [first, second])
    platform.Customer.setProperties(identifier, [{**second, "value": "c.d"}])
    assert platform.Customer.getProperties(identifier) == [first, {**second, "value": "c.d"}]
    own = login(platform, customer)
    own.Customer.setProperties(identifier, [{**second, "value": "e.f"}])
    refused(9001, own.Customer.setProperties, identifier, [{**first, "value": "500"}])
    refused(9001, own.Customer.setProperties, identifier, [{"name": "new", "value": "1", "permission": "admin"}])
    own.Customer.updateAccount({"id": identifier, "username": customer["username"], "properties": []})
    assert platform.Customer.getProperties(identifier) == [first]


def test_a_customer_in_use_stays(platform, reseller):
    account = platform.customer(reseller=reseller["id"])
    domain = platform.domain(customer=account["id"])
    refused(5002, platform.Customer.deleteAccount, account["id"])
    refused(5002, platform.Customer.deleteAccount, reseller["id"])
    platform.Sip.deleteDomain(domain)
    platform.Customer.deleteAccount(account["id"])
    refused(5000, platform.Customer.getAccount, account["id"])


def test_credentials(platform, customer):
    sip = lambda **auth: platform.act_as(**auth).Sip.getDomains({})  # noqa: E731
    admin = {"username": "admin", "password": "secret"}
    own = {"username": customer["username"], "password": "pw"}
    sip(**admin), sip(**admin, admin=True), sip(**own), sip(**own, admin=False)
    for wrong in (
        {**admin, "password": "Secret"},
        {**admin, "admin": False},
        {**own, "admin": True},
        {**own, "password": ""},
        {"username": "", "password": ""},
    ):
        refused(9000, sip, **wrong)
    refused(5000, sip, **admin, impersonate=1)


def test_a_customer_sees_and_changes_only_its_own(platform, reseller, customer):
    own = login(platform, customer)
    foreign = platform.domain(customer=reseller["id"])
    mine = own.Sip.addDomain({"domain": fresh("own") + ".example.com", "customer": 1, "reseller": 2})
    assert (mine["customer"], mine["reseller"]) == (customer["id"], reseller["id"])
    assert [d["domain"] for d in own.Sip.getDomains({})["domains"]] == [mine["domain"]]
    refused(9001, own.Sip.deleteDomain, foreign)
    refused(9001, own.account, foreign)
    user = own.account(mine["domain"])
    assert own.Sip.getAccount(user)["owner"] == customer["id"]
    refused(9001, own.Customer.addAccount, {"username": fresh("c")})
    refused(9001, own.Customer.getAccount, reseller["id"])
    lent = platform.account(foreign, owner=customer["id"])
    assert own.Sip.getAccount(lent)["owner"] == customer["id"]
    platform.Sip.deleteDomain(mine["domain"])


def test_a_reseller_works_within_its_customers(platform, reseller, customer):
    own, other = login(platform, reseller), platform.reseller()
    made = own.Customer.addAccount({"username": fresh("c"), "password": "pw", "balance": 50.0, "resellerActive": True})
    assert (made["reseller"], made["balance"], made["resellerActive"]) == (reseller["id"], 0.0, False)
    domain = own.domain(customer=made["id"])
    assert platform.Sip.getDomains({"filter": {"domain": domain}})["domains"][0]["customer"] == made["id"]
    refused(9001, own.domain, customer=other["id"])
    refused(9001, own.Customer.getAccount, other["id"])
    refused(9001, own.Customer.deleteAccount, reseller["id"])
    as_customer = login(platform, reseller, impersonate=made["id"])
    assert [d["domain"] for d in as_customer.Sip.getDomains({})["domains"]] == [domain]
    refused(9001, login(platform, reseller, impersonate=other["id"]).Sip.getDomains, {})
    refused(9001, login(platform, made, impersonate=reseller["id"]).Sip.getDomains, {})


def test_impersonation_by_the_administrator(platform, reseller, customer):
    as_customer = platform.act_as(impersonate=customer["id"])
    domain = as_customer.Sip.addDomain({"domain": fresh("imp") + ".example.com"})
    assert domain["customer"] == customer["id"]
    assert domain["domain"] in [d["domain"] for d in platform.act_as(impersonate=0).Sip.getDomains({})["domains"]]
    as_reseller = platform.act_as(impersonate=reseller["id"])
    assert {d["reseller"] for d in as_reseller.Sip.getDomains({})["domains"]} == {reseller["id"]}


def test_rights_lent_by_the_reseller(platform, reseller):
    clerk = platform.customer(reseller=reseller["id"], impersonate=reseller["id"])
    assert login(platform, clerk).domain()
    assert login(platform, clerk).Customer.getCustomers({})["total"] >= 2


def test_an_inactive_reseller_creates_nothing(platform):
    account = platform.customer(resellerActive=False)
    own = login(platform, account)
    refused(9001, own.domain)
    refused(9001, own.Customer.addAccount, {"username": fresh("c")})
    platform.Customer.updateAccount({**account, "resellerActive": True})
    assert own.domain()


def test_an_account_has_a_reseller_and_lenders_that_exist(platform, reseller, customer):
    """An update cannot leave it with ones that do not, nor can a lender be deleted."""
    customers, account = platform.Customer, platform.customer(reseller=reseller["id"])
    for wrong in ({"reseller": 1}, {"reseller": customer["id"]}, {"impersonate": 1}):
        refused(5000, customers.updateAccount, {**account, **wrong})
    refused(5000, customers.addAccount, {"username": fresh("c"), "impersonate": 1})
    lender = platform.customer(reseller=reseller["id"])
    customers.updateAccount({**account, "impersonate": lender["id"]})
    refused(5002, customers.deleteAccount, lender["id"])
    customers.updateAccount({**account, "impersonate": 0})
    customers.deleteAccount(lender["id"])
    assert login(platform, account).Sip.getDomains({})["total"] == 0


def test_what_a_customer_owns_follows_it_to_another_reseller(platform, reseller):
    other = platform.reseller()
    account = platform.customer(reseller=reseller["id"])
    domain = platform.domain(customer=account["id"])
    user = platform.account(domain)
    platform.Voicemail.addAccount({"sipId": user})
    zone = platform.Dns.addZone({"name": fresh("z") + ".net", "customer": account["id"]})
    record = platform.Dns.addRecord({"zone": zone["name"], "type": "A", "value": "192.0.2.1"})
    platform.Customer.updateAccount({**account, "reseller": other["id"]})
    own = login(platform, other)
    assert own.Sip.getDomains({})["domains"][0]["domain"] == domain
    assert own.Sip.getAccount(user)["reseller"] == other["id"]
    assert own.Dns.getRecord(record["id"])["reseller"] == other["id"]
    refused(9001, login(platform, reseller).Sip.getAccount, user)
    # A reseller cannot become somebody's customer while it has its own.
    refused(5002, platform.Customer.updateAccount, {**other, "reseller": reseller["id"]})
