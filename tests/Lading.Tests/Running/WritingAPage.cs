using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Tests.Running;

/// <summary>
/// <c>lading status --html</c>: the whole tool. How a browser treats the page is in the integration tests.
/// </summary>
public sealed partial class WritingAPage : IAsyncLifetime
{
    private const string Hostile = "</style><script>alert(1)</script>\" onload=\"alert(2)\u202e";

    private ToolWorld tool = null!;

    private RunningWorld World => tool.World;

    public async ValueTask InitializeAsync() => tool = await ToolWorld.StartAsync();

    public ValueTask DisposeAsync() => tool.DisposeAsync();

    [Fact]
    public async Task The_page_loads_nothing_and_runs_only_its_own_script()
    {
        var page = await PageAsync();

        Assert.Contains(
            $"default-src 'none'; style-src '{HashOf("style", page)}'; script-src '{HashOf("script", page)}'; base-uri 'none'; form-action 'none'",
            page,
            StringComparison.Ordinal
        );
        Assert.DoesNotMatch(Fetching(), page);
        Assert.Single(Elements().Matches(page), match => match.Groups["name"].Value == "script");
    }

    [Fact]
    public async Task Names_chosen_by_others_are_encoded()
    {
        World.Aws.Stacks.Deploy(
            new StackPlan(
                Hostile,
                new Dictionary<string, ServicePlan>
                {
                    ["Web"] = new(
                        1,
                        new Dictionary<string, string> { [Hostile] = World.Image("shop/web", 'a', Hostile) }
                    ),
                }
            )
            {
                Cluster = "<b>main</b>",
                HasRecord = false,
            }
        );

        var page = await PageAsync();

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onload", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page);
        Assert.Contains(
            "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;alert(2)\\u202e",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_page_the_past_is_not_read()
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')));

        (await StatusAsync()).Succeeded();
        var without = World.Aws.Calls.Distinct().ToList();
        (await StatusAsync("--html", "status.html")).Succeeded();

        Assert.Equal(
            [
                "cloudformation:DescribeStackEvents",
                "cloudtrail:LookupEvents",
                "ecs:DescribeServiceDeployments",
                "ecs:ListServiceDeployments",
                "ssm:GetParameterHistory",
            ],
            World.Aws.Calls.Distinct().Except(without).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_screen_and_the_document_are_printed_too()
    {
        World.Aws.Stacks.Deploy(RunningWorld.Shop(World.Image("shop/web", 'a')));

        var screen = (await StatusAsync("--html", "status.html")).Succeeded();
        using var document = (await StatusAsync("--html", "other.html", "--output", "json")).Succeeded().Document();

        Assert.Contains("2/2", screen.Out, StringComparison.Ordinal);
        Assert.Contains("wrote status.html", screen.Error, StringComparison.Ordinal);
        Assert.True(document.RootElement.GetProperty("holds").GetBoolean());
        Assert.True(File.Exists(Path.Combine(tool.Folder, "other.html")));
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_says_so_and_leaves_nothing_behind()
    {
        var run = await StatusAsync("--html", "missing/status.html");

        run.Failed(FailureKind.Usage);
        Assert.Contains("Could not write", run.Error, StringComparison.Ordinal);
        Assert.Contains("Create it first", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(tool.Folder));
    }

    [Theory]
    [InlineData("--html .", "it is a folder")]
    [InlineData("--html status.html --watch", "--html writes one page")]
    public async Task Wrong_use_says_what_is_wrong(string words, string said)
    {
        var run = await StatusAsync(words.Split(' '));

        run.Failed(FailureKind.Usage);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Empty(World.Aws.Calls);
    }

    private async Task<string> PageAsync()
    {
        (await StatusAsync("--html", "status.html")).Succeeded();
        return await File.ReadAllTextAsync(
            Path.Combine(tool.Folder, "status.html"),
            TestContext.Current.CancellationToken
        );
    }

    private Task<ToolRun> StatusAsync(params IReadOnlyList<string> options) => tool.RunAsync(["status", .. options]);

    /// <summary>What a browser hashes: the text of the only element of that name.</summary>
    private static string HashOf(string element, string page)
    {
        var match = Assert.Single(Elements().Matches(page), each => each.Groups["name"].Value == element);
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups["text"].Value)))}";
    }

    [GeneratedRegex(
        "<(?<name>style|script)>(?<text>.*?)</\\k<name>>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Elements();

    /// <summary>Whatever makes a browser load something.</summary>
    [GeneratedRegex(
        "(src|srcset|action|data|poster)=|<link|@import|url\\(|https?://|fetch\\(|XMLHttpRequest|WebSocket|import\\(",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Fetching();
}
