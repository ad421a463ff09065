using Lading.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lading.IntegrationTests.Pages;

/// <summary>
/// The page of <c>lading status --html</c> in a real browser. If <c>LADING_SCREENSHOTS</c> names a folder, screenshots
/// are left there to look at.
/// </summary>
public sealed class ReadingThePage
{
    private static readonly float[] Widths = [360, 1440];
    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    [Fact]
    public async Task It_is_readable_and_usable_in_both_themes_on_a_phone_and_on_a_desktop()
    {
        Requires.Chromium();
        Requires.Node();
        await using var shop = await HostileShop.CreateAsync();
        await shop.WriteAsync();
        await using var browser = await Chromium.StartAsync();

        foreach (var scheme in Schemes)
        {
            foreach (var width in Widths)
            {
                await using var tab = await OpenedPage.OpenAsync(browser, shop.Page, scheme, width);
                await tab.FitsAsync();
                await tab.IsReadableAsync();
                await ReadAsync(tab.Page);
                await ClickAsync(tab.Page);
                await tab.OpenAgainAsync();
                await TypeAsync(tab.Page, scheme);
                await FindAsync(tab.Page);
                await tab.KeepsToItselfAsync();
            }
        }
    }

    /// <summary>
    /// The matrix, verdicts with their reasons, releases, the sources of facts, and what could not be read.
    /// </summary>
    private static async Task ReadAsync(IPage page)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What runs where", Level = 1 }))
            .ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Images" })).ToBeVisibleAsync();
        var web = RowOf(page, "web");
        await Expect(web.GetByRole(AriaRole.Cell)).ToContainTextAsync(["unknown", "unreadable", "rolled back"]);
        await Expect(web).ToContainTextAsync("Cache carts in Redis");
        await Expect(web).ToContainTextAsync("3 of 3 tasks · 2 commits behind");
        var worker = RowOf(page, "worker");
        await Expect(worker).ToContainTextAsync("held");
        await Expect(worker).ToContainTextAsync("<i>slow</i> since carts");
        await Expect(worker).ToContainTextAsync("hotswapped");

        var attention = page.GetByRole(AriaRole.Region, new() { Name = "Not as pinned" });
        await Expect(attention).ToContainTextAsync("it runs ShopWorker:2, its stack says ShopWorker:1");
        var unread = page.GetByRole(AriaRole.Region, new() { Name = "Could not be read" });
        await Expect(unread).ToContainTextAsync("no access to ecs:DescribeServiceRevisions in 222222222222");
        await Expect(unread).ToContainTextAsync("it is account 111111111111");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Outside of all stacks" }))
            .ToContainTextAsync("main/<em>stray</em>");

        var card = page.Locator("details", new() { Has = page.GetByText("Shop-Web", new() { Exact = true }) });
        await Expect(card).ToHaveAttributeAsync("open", "");
        await Expect(card.Locator(".timeline > li")).ToHaveCountAsync(3);
        await Expect(card.Locator(".timeline")).ToContainTextAsync(HostileShop.Subject);
        await Expect(card.Locator(".timeline")).ToContainTextAsync("by <u>mallory</u>");
        await Expect(card).ToContainTextAsync("the digests that its tasks run");
        await Expect(card).ToContainTextAsync("ecs:DescribeTasks main");
    }

    /// <summary>A cell leads to its details, and a summary opens and closes them.</summary>
    private static async Task ClickAsync(IPage page)
    {
        var odd = page.Locator("details", new() { HasText = HostileShop.Service });
        await Expect(odd).Not.ToHaveAttributeAsync("open", "");
        await RowOf(page, "odd").GetByRole(AriaRole.Link, new() { Name = "running" }).ClickAsync();
        await Expect(odd).ToHaveAttributeAsync("open", "");
        await Expect(odd).ToBeInViewportAsync();
        await Expect(odd)
            .ToContainTextAsync(HostileShop.Container.Replace("\u202e", "\\u202e", StringComparison.Ordinal));
        await odd.Locator("> summary").ClickAsync();
        await Expect(odd).Not.ToHaveAttributeAsync("open", "");
        await page.Keyboard.PressAsync("Enter");
        await Expect(odd).ToHaveAttributeAsync("open", "");
    }

    /// <summary>With the keyboard alone, one reaches the content and changes the theme, which is kept.</summary>
    private static async Task TypeAsync(IPage page, ColorScheme scheme)
    {
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Tab");
        var auto = page.GetByRole(AriaRole.Radio, new() { Name = "Auto" });
        await Expect(auto).ToBeFocusedAsync();
        await Expect(auto).ToBeCheckedAsync();
        var before = await BackgroundAsync(page);
        var presses = scheme == ColorScheme.Light ? 2 : 1;
        for (var i = 0; i < presses; i++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
        }

        var after = await BackgroundAsync(page);
        Assert.NotEqual(before, after);
        await page.ReloadAsync();
        Assert.Equal(after, await BackgroundAsync(page));
        await page.GetByRole(AriaRole.Radio, new() { Name = "Auto" }).CheckAsync(new() { Force = true });
        Assert.Equal(before, await BackgroundAsync(page));
    }

    private static async Task FindAsync(IPage page)
    {
        var cards = page.Locator("details.card:visible");
        await Expect(cards).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a service" }).FillAsync("shop-worker");
        await Expect(cards).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 of 3");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(cards).ToHaveCountAsync(2);
    }

    private static Task<string> BackgroundAsync(IPage page) =>
        page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static ILocator RowOf(IPage page, string image) =>
        page.GetByRole(AriaRole.Row)
            .Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = image, Exact = true }) });
}
