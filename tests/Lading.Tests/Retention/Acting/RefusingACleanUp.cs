using Lading.Testing;

namespace Lading.Tests.Retention.Acting;

/// <summary>What <c>lading prune</c> cannot do is reported before anything is read.</summary>
public sealed class RefusingACleanUp : IAsyncLifetime
{
    private TestRepository git = null!;

    public async ValueTask InitializeAsync()
    {
        git = await TestRepository.CreateAsync();
        git.Write(
            "lading.json",
            """
            {
              "project": "shop",
              "images": { "web": { "context": "." } },
              "environments": { "prod": { "account": "222222222222", "region": "eu-central-1" } }
            }
            """
        );
    }

    public ValueTask DisposeAsync()
    {
        git.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("Did you mean prod?", "--env", "prdo")]
    [InlineData("--yes does nothing without --apply", "--env", "prod", "--yes")]
    [InlineData("--archive does nothing without --apply", "--env", "prod", "--archive")]
    [InlineData("--grace does nothing without --apply", "--env", "prod", "--grace", "3")]
    [InlineData("--grace takes a number of days from 1 to 3650, not '0'.", "--env", "prod", "--apply", "--grace", "0")]
    [InlineData(
        "--grace takes a number of days from 1 to 3650, not '-1'.",
        "--env",
        "prod",
        "--apply",
        "--grace",
        "-1"
    )]
    [InlineData(
        "--grace takes a number of days from 1 to 3650, not '4000'.",
        "--env",
        "prod",
        "--apply",
        "--grace",
        "4000"
    )]
    [InlineData(
        "--grace takes a number of days from 1 to 3650, not 'soon'.",
        "--env",
        "prod",
        "--apply",
        "--grace",
        "soon"
    )]
    [InlineData("not '99999999999999999999'.", "--env", "prod", "--apply", "--grace", "99999999999999999999")]
    [InlineData("it is a folder. Name a file: --html ./prune.html", "--env", "prod", "--html", ".")]
    [InlineData("there is no folder ", "--env", "prod", "--html", "missing/plan.html")]
    [InlineData("an embedded registry has no archive. Leave --archive out.", "--apply", "--archive")]
    [InlineData("an embedded registry marks nothing", "--apply", "--grace", "3")]
    public async Task Refuses_the_impossible_before_anything_is_read(string expected, params string[] arguments)
    {
        // Nothing listens there, so a request to AWS would not go unnoticed.
        var nowhere = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
        };

        var run = (await ToolRun.InAsync(git.Folder, nowhere, ["prune", .. arguments])).Failed(FailureKind.Usage);

        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }
}
