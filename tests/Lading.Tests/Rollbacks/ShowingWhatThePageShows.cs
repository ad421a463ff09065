using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lading.Testing;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// The screens in docs/rollback.md are those of the tool, apart from names, digests, times and numbers.
/// </summary>
public sealed class ShowingWhatThePageShows : IAsyncLifetime
{
    // The masks in the order of their use, the page's names first.
    private static readonly (string Pattern, string Mask)[] Masks =
    [
        ("Storefront", "Shop"),
        ("webtask2D1A5F0B", "WebTask"),
        ("Shop-web", "Shop-Web"),
        // Commits have subjects only if there is a repository.
        (" \"[^\"\n]*\"(?= +ran)", ""),
        (@"\d{4}-\d\d-\d\d \d\d:\d\dZ", "DATE"),
        (@"\d\d:\d\d:\d\d", "TIME"),
        (@"\d{8}-\d{6}", "MOMENT"),
        ("[0-9a-f]{12}", "DIGEST"),
        (@"\b[0-9a-f]{7}\b", "COMMIT"),
        (@"#\d+", "#N"),
        (@"\d+/\d+", "N/N"),
        (@"\d+ tasks", "N tasks"),
        ("(?<=after )[^\n]*", "LENGTH"),
        ("(?<=ran )[^\n]*", "LENGTH"),
        ("(?<=it updates )[^\n]*(?=, and nothing)", "NAMES"),
        (@"Deploy this to [^?]*\? \[y/N\] y?", "QUESTION"),
        (" +", " "),
    ];

    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Each_line_of_the_pages_screens_is_printed_by_the_tool()
    {
        world.Deploy(Shop(world.Image("good", new string('4', 40)), 30));
        world.Deploy(Shop(world.Image("bad", new string('9', 40)), 60));
        var screens = Regex
            .Matches(
                await File.ReadAllTextAsync(
                    SourceTree.PathOf("docs/rollback.md"),
                    TestContext.Current.CancellationToken
                ),
                @"```\n\$ lading rollback (?<options>[^\n]*)\n(?<lines>.*?)```",
                RegexOptions.Singleline | RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(10)
            )
            .ToDictionary(
                match => match.Groups["options"].Value.Replace("--env prod", "", StringComparison.Ordinal).Trim(),
                match => match.Groups["lines"].Value,
                StringComparer.Ordinal
            );

        var dry = (await world.RollbackAsync("--dry-run")).Succeeded();
        var done = (await world.AnsweringAsync("y", "Shop")).Succeeded();

        Assert.Equal(["", "--dry-run"], screens.Keys.Order(StringComparer.Ordinal));
        AssertShows(screens["--dry-run"], dry.Out);
        AssertShows(screens[""], done.Error + done.Out);
    }

    private static void AssertShows(string page, string screen)
    {
        var shown = Mask(screen);
        var lines = Mask(page).Split('\n').Select(line => line.Trim()).Where(line => line is not ("" or "…")).ToList();
        Assert.True(lines.Count > 4, page);
        Assert.All(lines, line => Assert.Contains(line, shown, StringComparison.Ordinal));
    }

    private static string Mask(string text) =>
        Masks.Aggregate(
            text,
            (masked, each) =>
                Regex.Replace(masked, each.Pattern, each.Mask, RegexOptions.None, TimeSpan.FromSeconds(10))
        );

    /// <summary>A shop with a queue that changes too.</summary>
    private static StackPlan Shop(string image, int timeout) =>
        RunningWorld.Shop(image, 6) with
        {
            Others = new Dictionary<string, OtherPlan>
            {
                ["Jobs"] = new(
                    "jobs",
                    new JsonObject
                    {
                        ["Type"] = "AWS::SQS::Queue",
                        ["Properties"] = new JsonObject { ["VisibilityTimeout"] = timeout },
                    }
                ),
            },
        };
}
