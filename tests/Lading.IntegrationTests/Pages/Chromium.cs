using System.Reflection;
using Lading.Testing;
using Microsoft.Playwright;

namespace Lading.IntegrationTests.Pages;

/// <summary>The system's own Chromium. Nothing is downloaded: Playwright only drives it.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    public static async Task<Chromium> StartAsync()
    {
        var package = typeof(Chromium)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(each => each.Key == "PlaywrightPackage")
            .Value;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", package);
        Environment.SetEnvironmentVariable("PLAYWRIGHT_NODEJS_PATH", Requires.OnPath("node"));
        // On a busy machine, five seconds may pass between two frames.
        Assertions.SetDefaultExpectTimeout(60_000);
        var playwright = await Playwright.CreateAsync();
        return new Chromium(
            playwright,
            await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Requires.OnPath("chromium") })
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        playwright.Dispose();
    }
}
