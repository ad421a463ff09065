using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Workloads;
using Lading.Tests.Configuration;

namespace Lading.Tests.Retention.Gathering;

/// <summary><c>lading prune</c> and <c>lading why --kept</c>, from the command line to what is printed.</summary>
public sealed class PlanningACleanUp : IAsyncLifetime
{
    private readonly RetentionWorld world = new();
    private TestRepository folder = null!;
    private TestAwsServer? server;
    private string more = "";

    public async ValueTask InitializeAsync() => folder = await TestRepository.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task The_plan_says_what_is_kept_and_why_and_that_nothing_was_deleted()
    {
        world.Aws.Workloads.Functions.Add(new TestFunction("resize", "x", world.Image('a')));
        world.Image('b');
        world.Image('c');

        var run = (await RunAsync("prune", "--env", "prod")).Succeeded();

        Assert.Equal(
            """
              shop/web  3 images  keep 1  delete 2  up to 100.0 MB
                  keep  aaaa…  function resize runs it

              Evidence: 1 account, 1 function · complete
              Nothing was deleted. 2 images may go: --apply marks them, and a later run deletes what is still unused.

            """,
            run.Out,
            ignoreLineEndingDifferences: true
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_note_says_if_reading_counts_as_a_pull(bool isExcluded)
    {
        const string User = "arn:aws:iam::222222222222:user/test";
        world.Image('a');
        if (isExcluded)
        {
            world.Aws.Ecr.Unrecorded.Add(User);
        }

        var text = (await RunAsync("prune", "--env", "prod")).Succeeded();
        using var document = (await RunAsync("prune", "--env", "prod", "--output", "json")).Succeeded().Document();

        Assert.Equal(
            !isExcluded,
            text.Error.Contains(
                $"note: ECR takes what {User} reads for pulls, so what it marks stays 30 days. To change that: aws ecr register-pull-time-update-exclusion --principal-arn {User}",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(isExcluded ? null : User, document.RootElement.GetProperty("countedReader").GetString());
    }

    [Fact]
    public async Task A_fact_that_could_not_be_read_is_shown_with_a_remedy_and_exit_code_3()
    {
        world.Image('a');
        world.Aws.Workloads.Denied.Add("lambda:ListFunctions");

        var run = await RunAsync("prune", "--env", "prod");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("shop/web  1 image  held", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "all repositories: no access to lambda:ListFunctions in 222222222222",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("Allow lambda:ListFunctions to", run.Out, StringComparison.Ordinal);
        Assert.Contains("incomplete, 1 hold", run.Out, StringComparison.Ordinal);
        Assert.EndsWith(
            "Nothing was deleted: what is held stays until its reason is gone.\n",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_document_has_each_image_with_the_source_of_its_decision()
    {
        world.Aws.Workloads.Functions.Add(new TestFunction("resize", "x", world.Image('a')));
        world.Image('b');

        using var document = (await RunAsync("prune", "--env", "prod", "--output", "json")).Succeeded().Document();

        Assert.True(SchemaValidator.Of("prune").IsValid(document.RootElement));
        var repository = document.RootElement.GetProperty("repositories")[0];
        Assert.True(document.RootElement.GetProperty("complete").GetBoolean());
        Assert.Equal(1, document.RootElement.GetProperty("evidence").GetProperty("function").GetInt32());
        Assert.Equal((1, 1), (repository.GetProperty("keep").GetInt32(), repository.GetProperty("delete").GetInt32()));
        var kept = repository.GetProperty("decisions")[0];
        Assert.Equal("keep", kept.GetProperty("decision").GetString());
        var reason = kept.GetProperty("because")[0];
        Assert.Equal("function resize runs it", reason.GetProperty("reason").GetString());
        Assert.Equal(
            ("workload", "lambda:GetFunction"),
            (reason.GetProperty("kind").GetString(), reason.GetProperty("action").GetString())
        );
        Assert.Equal("delete", repository.GetProperty("decisions")[1].GetProperty("decision").GetString());
    }

    [Fact]
    public async Task The_page_loads_nothing_and_runs_no_script()
    {
        world.Aws.Workloads.Functions.Add(new TestFunction("<resize>", "x", world.Image('a')));

        (await RunAsync("prune", "--env", "prod", "--html", "plan.html")).Succeeded();

        var page = folder.Read("plan.html");
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Contains("function &lt;resize&gt; runs it", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_why_an_image_is_kept_is_shown_in_the_same_words()
    {
        world.Aws.Workloads.Functions.Add(new TestFunction("resize", "x", world.Image('a')));
        world.Image('b');

        var kept = (
            await RunAsync("why", "--kept", $"shop/web@{RetentionWorld.Digest('a')}", "--env", "prod")
        ).Succeeded();
        var gone = (
            await RunAsync("why", "--kept", $"shop/web@{RetentionWorld.Digest('b')}", "--env", "prod")
        ).Succeeded();
        var missing = await RunAsync("why", "--kept", $"shop/web@{RetentionWorld.Digest('c')}", "--env", "prod");
        var wrong = await RunAsync("why", "--kept", "web", "--env", "prod");
        var both = await RunAsync("why", "web", "--kept", "web", "--env", "prod");
        var json = await RunAsync(
            "why",
            "--kept",
            $"shop/web@{RetentionWorld.Digest('a')}",
            "--env",
            "prod",
            "--output",
            "json"
        );

        using var document = json.Succeeded().Document();
        Assert.True(SchemaValidator.Of("kept").IsValid(document.RootElement));
        Assert.Contains("--kept excludes a name", both.Failed(FailureKind.Usage).Error, StringComparison.Ordinal);

        Assert.Contains("function resize runs it  lambda:GetFunction of resize", kept.Out, StringComparison.Ordinal);
        Assert.Contains("may be deleted: nothing uses it", gone.Out, StringComparison.Ordinal);
        Assert.Contains(
            "the repository has no such image",
            missing.Failed(FailureKind.Failed).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'web' is not a repository and a digest",
            wrong.Failed(FailureKind.Usage).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_accepted_gap_is_listed_with_its_reason_and_day()
    {
        const string Retention = """
            "retention": { "exceptions": [{ "of": "account 333333333333", "until": "2099-12-31", "reason": "closed" }] }
            """;
        world.Image('a');
        world.Aws.Ecr.Policies["shop/web"] =
            """{ "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "333333333333" }, "Action": "ecr:*" }] }""";

        var held = await RunAsync("prune", "--env", "prod");
        more = $", {Retention}";
        var run = (await RunAsync("prune", "--env", "prod", "--html", "plan.html")).Succeeded();
        var kept = (
            await RunAsync("why", "--kept", $"shop/web@{RetentionWorld.Digest('a')}", "--env", "prod")
        ).Succeeded();
        using var plan = (await RunAsync("prune", "--env", "prod", "--output", "json")).Succeeded().Document();
        using var why = (
            await RunAsync(
                "why",
                "--kept",
                $"shop/web@{RetentionWorld.Digest('a')}",
                "--env",
                "prod",
                "--output",
                "json"
            )
        )
            .Succeeded()
            .Document();

        const string Gap = "account 333333333333 may pull from it, and what runs there was not read";
        Assert.DoesNotContain("Accepted", held.Failed(FailureKind.CheckFailed).Out, StringComparison.Ordinal);
        Assert.Contains(
            $"""
              Accepted by "exceptions" in lading.json, so that it holds nothing:
                shop/web: {Gap}
                  until 2099-12-31: closed

              Evidence: 1 account · complete, 1 gap accepted

            """,
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(Gap, folder.Read("plan.html"), StringComparison.Ordinal);
        Assert.Contains($"accepted until 2099-12-31: {Gap} (closed)", kept.Out, StringComparison.Ordinal);
        Assert.True(SchemaValidator.Of("prune").IsValid(plan.RootElement));
        Assert.True(SchemaValidator.Of("kept").IsValid(why.RootElement));
        var accepted = plan.RootElement.GetProperty("accepted")[0];
        Assert.Equal("shop/web", Assert.Single(accepted.GetProperty("repositories").EnumerateArray()).GetString());
        Assert.Equal(
            ("account 333333333333", Gap, "2099-12-31", "closed"),
            (TextOf("subject"), TextOf("reason"), TextOf("until"), TextOf("because"))
        );
        Assert.Equal("closed", why.RootElement.GetProperty("accepted")[0].GetProperty("because").GetString());

        string? TextOf(string name) => accepted.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Invalid_accounts_are_refused()
    {
        var run = await RunAsync("prune", "--env", "prod", "--also", "333");

        Assert.Contains(
            "--also has '333', which is not an account and a region",
            run.Failed(FailureKind.Usage).Error,
            StringComparison.Ordinal
        );
    }

    private async Task<ToolRun> RunAsync(params string[] arguments)
    {
        server ??= await TestAwsServer.StartAsync(world.Aws, RetentionWorld.Region);
        folder.Write(
            "lading.json",
            """
            {
              "project": "shop",
              "images": { "web": { "context": "." } },
              "environments": { "prod": { "account": "222222222222", "region": "eu-central-1" } }
            """
                + more
                + "}"
        );
        return await ToolRun.InAsync(folder.Folder, server.Variables, arguments);
    }
}
