using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;

namespace Lading.IntegrationTests.Pages;

/// <summary>A page in a tab of its own, which records what the page tries to do.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    /// <summary>Finds texts with too little contrast (WCAG 2.2, success criterion 1.4.3).</summary>
    private const string Faint = """
        () => {
          const parse = (color) => color.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => {
            const linear = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
          };
          const backOf = (element) => {
            for (let each = element; each; each = each.parentElement) {
              const color = parse(getComputedStyle(each).backgroundColor);
              if (color.length < 4 || color[3] > 0) return color;
            }
            return [255, 255, 255];
          };
          const faint = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
            const [one, other] = [luminance(parse(getComputedStyle(element).color)), luminance(backOf(element))];
            const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${walker.currentNode.data.trim()}`);
          }
          return faint;
        }
        """;

    private readonly IBrowserContext context;
    private readonly Uri address;
    private readonly string name;
    private readonly ConcurrentQueue<string> troubles = [];

    private OpenedPage(IBrowserContext context, IPage page, Uri address, string name)
    {
        this.context = context;
        this.address = address;
        this.name = name;
        Page = page;
    }

    public IPage Page { get; }

    public static async Task<OpenedPage> OpenAsync(Chromium chromium, Uri address, ColorScheme scheme, float width)
    {
        var context = await chromium.Browser.NewContextAsync(
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = (int)width, Height = 800 },
                HasTouch = width < 500,
            }
        );
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"{scheme}-{width}");
        var opened = new OpenedPage(context, page, address, name);
        page.Request += (_, request) =>
            opened.Note(request.Url == address.AbsoluteUri ? "" : $"asked for {request.Url}");
        page.Console += (_, message) => opened.Note($"said {message.Text}");
        page.PageError += (_, error) => opened.Note($"failed: {error}");
        page.Dialog += (_, dialog) =>
        {
            opened.Note($"ran a name: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync(address.AbsoluteUri);
        return opened;
    }

    /// <summary>Opens it again, from its top.</summary>
    public Task OpenAgainAsync() => Page.GotoAsync(address.AbsoluteUri);

    /// <summary>The page does not scroll sideways, whatever is open.</summary>
    public async Task FitsAsync()
    {
        await Page.EvaluateAsync(
            "() => document.querySelectorAll('details').forEach((each) => (each.dataset.was = each.open, each.open = true))"
        );
        await SaveAsync();
        var wide = await Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('body *')].filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((each) => each.outerHTML.slice(0, 120))"
        );
        Assert.Empty(wide);
        Assert.True(
            await Page.EvaluateAsync<bool>(
                "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ),
            name
        );
    }

    /// <summary>
    /// Texts contrast with their background, and what is tapped is large enough; afterwards everything is closed that
    /// was.
    /// </summary>
    public async Task IsReadableAsync()
    {
        Assert.Empty(await Page.EvaluateAsync<string[]>(Faint));
        Assert.True(
            await Page.EvaluateAsync<bool>(
                "() => [...document.querySelectorAll('summary')].every((each) => each.getBoundingClientRect().height >= 44)"
            )
        );
        await Page.EvaluateAsync(
            "() => document.querySelectorAll('details').forEach((each) => (each.open = each.dataset.was === 'true'))"
        );
    }

    /// <summary>Nothing was fetched, nothing failed, and no name was executed.</summary>
    public async Task KeepsToItselfAsync()
    {
        Assert.Equal(
            0,
            await Page.EvaluateAsync<int>("() => document.querySelectorAll('img, svg, iframe, u, em, i, b').length")
        );
        Assert.Empty(troubles);
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();

    private void Note(string trouble)
    {
        if (trouble.Length > 0)
        {
            troubles.Enqueue($"{name}: {trouble}");
        }
    }

    private async Task SaveAsync()
    {
        if (Environment.GetEnvironmentVariable("LADING_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
            File.Copy(address.LocalPath, Path.Combine(folder, "status.html"), overwrite: true);
        }
    }
}
