"""The bot in a browser, as somebody tries it: each story ends with a look at the row in the database."""

import pytest
from playwright.sync_api import expect

from pipeline.money import Money
from tests.page.desk import Desk

pytestmark = pytest.mark.slow


def test_a_deal_is_created_by_the_form(desk: Desk) -> None:
    desk.page.get_by_role("button", name="New deal").click()
    desk.form.get_by_label("Title").fill("Coffee machines")
    desk.form.get_by_label("Value").fill("12k")
    desk.form.get_by_role("button", name="Create").click()
    expect(desk.form).to_contain_text("Its card is coming in #sales")
    desk.page.keyboard.press("Escape")
    expect(desk.form).to_be_hidden()
    card = desk.timeline.locator(".message").filter(has_text="Coffee machines").last
    expect(card).to_contain_text("€12,000")
    number = int(card.inner_text().partition("D-")[2].split()[0])
    deal = desk.deal(number)
    assert (deal.title, deal.value, deal.owner_id) == ("Coffee machines", Money(1_200_000, "EUR"), "U0ANA")


def test_a_gates_form_says_what_is_wrong_and_saving_it_finishes_the_move(desk: Desk) -> None:
    number = desk.created("Tea kitchen")
    desk.press(desk.card(f"D-{number}"), "Qualification")
    desk.form.get_by_role("button", name="Save").click()
    contact = desk.form.get_by_label("Contact")
    expect(contact).to_have_attribute("aria-invalid", "true")
    expect(desk.form).to_contain_text("Please complete this required field.")
    assert desk.stage_of(number) == "lead"
    contact.fill("Bob Miller")
    desk.form.get_by_role("button", name="Save").click()
    expect(desk.form).to_be_hidden()
    expect(desk.card(f"D-{number}")).to_contain_text("Qualification, entered")
    assert (desk.stage_of(number), desk.deal(number).contact) == ("qualification", "Bob Miller")


def test_a_deal_is_moved_by_a_command_and_taken_back_by_undo(desk: Desk) -> None:
    number = desk.created("Water bar")
    desk.type(f"/deal move D-{number} qualification")
    desk.form.get_by_label("Contact").fill("Bob Miller")
    desk.form.get_by_role("button", name="Save").click()
    answer = desk.told("Lead generation → Qualification")
    expect(desk.card(f"D-{number}")).to_contain_text("Qualification, entered")
    desk.press(answer, "Undo")
    expect(desk.card(f"D-{number}")).to_contain_text("Lead generation, entered")
    assert desk.stage_of(number) == "lead"


def test_a_deal_is_lost_with_a_reason(desk: Desk) -> None:
    number = desk.created("Juice press")
    desk.press(desk.card(f"D-{number}"), "Lost")
    desk.form.get_by_role("textbox").first.fill("Too dear")
    desk.form.get_by_role("button", name="Save").click()
    expect(desk.form).to_be_hidden()
    expect(desk.timeline.locator(".message").filter(has_text=f"D-{number}").last).to_contain_text("Lost")
    desk.type(f"/deal history D-{number}")
    desk.told("Too dear")
    assert desk.stage_of(number) == "lost"


def test_a_german_reader_types_and_reads_german(desk: Desk) -> None:
    desk.be("Jonas Weber")
    desk.type("/deal neu Saftpresse 1,5 Mio bei Müller AG bis freitag")
    answer = desk.told("Saftpresse")
    expect(answer).to_contain_text("1.500.000")
    number = int(answer.inner_text().partition("D-")[2].split()[0])
    assert desk.deal(number).value == Money(150_000_000, "EUR")


def test_a_guest_sees_no_money_in_what_only_they_see(desk: Desk) -> None:
    number = desk.created("Secret sum", "98k at Acme")
    desk.be("Gus Gast")
    desk.type(f"/deal show D-{number}")
    answer = desk.told(f"D-{number}")
    expect(answer).not_to_contain_text("98")
    desk.type(f"/deal move D-{number} qualification")
    desk.told("is for full members")
    assert desk.stage_of(number) == "lead"


def test_a_mention_in_a_cards_thread_is_answered_there(desk: Desk) -> None:
    number = desk.created("Thread talk")
    card = desk.card(f"D-{number}")
    card.hover()
    card.get_by_role("button", name="Reply in thread").click()
    side = desk.page.get_by_role("complementary")
    side.get_by_role("textbox").fill("@pipeline value 20k")
    side.get_by_role("textbox").press("Enter")
    expect(side.locator(".message").last).to_contain_text("€20,000")
    expect(desk.card(f"D-{number}")).to_contain_text("€20,000")
    assert desk.deal(number).value == Money(2_000_000, "EUR")


def test_the_home_tab_shows_ones_own_deals_and_moves_them(desk: Desk) -> None:
    number = desk.created("Home made")
    desk.page.get_by_role("navigation").get_by_role("button", name="Pipeline").click()
    desk.page.get_by_role("tab", name="Home").click()
    home = desk.page.get_by_role("region", name="Home tab")
    expect(home).to_contain_text(f"D-{number}")
    expect(home.get_by_role("heading").first).to_be_visible()
    assert desk.deal(number).owner_id == "U0ANA"


def test_a_click_survives_a_restart_of_the_bot(desk: Desk) -> None:
    """The click meets a bot that stops; pressed again, it is done once."""
    number = desk.created("Restarted")
    desk.page.get_by_text("Break things").click()
    desk.page.get_by_role("button", name="Stop the bot").click()
    expect(desk.page.get_by_role("button", name="Start the bot")).to_be_visible()
    desk.page.get_by_text("Break things").click()
    desk.press(desk.card(f"D-{number}"), "Qualification")
    expect(desk.page.get_by_role("status")).to_contain_text("Is it stopped?")
    desk.page.get_by_text("Break things").click()
    desk.page.get_by_role("button", name="Start the bot").click()
    expect(desk.page.get_by_role("button", name="Stop the bot")).to_be_visible()
    desk.page.get_by_text("Break things").click()
    desk.press(desk.card(f"D-{number}"), "Qualification")
    desk.form.get_by_label("Contact").fill("Bob Miller")
    desk.form.get_by_role("button", name="Save").click()
    expect(desk.card(f"D-{number}")).to_contain_text("Qualification, entered")
    assert (desk.stage_of(number), desk.deal(number).version) == ("qualification", 2)
