using System.Text.Json;
using Lading.Oci;

namespace Lading.Tests.Retention.Acting;

/// <summary><c>lading prune --apply</c>, from the command line to what is printed.</summary>
public sealed class ApplyingACleanUp : IAsyncLifetime
{
    private AppliedWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AppliedWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("n")]
    [InlineData("")]
    [InlineData("yess")]
    public async Task Nothing_is_touched_unless_the_answer_is_yes(string answer)
    {
        await world.PublishUnusedAsync();
        var before = await world.StoredAsync();

        var run = await world.AnsweringAsync(answer);

        Assert.Equal(130, run.ExitCode);
        Assert.Contains(
            "Mark 1 image of prod for deletion (1 more goes with its subject)? [y/N]",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.EndsWith("  Nothing was changed.\n", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
        Assert.Equal(before, await world.StoredAsync());
    }

    [Fact]
    public async Task Nothing_is_touched_if_nobody_can_answer()
    {
        await world.PublishUnusedAsync();
        var before = await world.StoredAsync();

        var run = (await world.ApplyAsync()).Failed(FailureKind.Usage);

        Assert.EndsWith(
            "error: Could not ask 'Mark 1 image of prod for deletion (1 more goes with its subject)?': standard input is not a terminal. Nothing was changed. Add --yes, or leave --apply out to see the plan.\n",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await world.StoredAsync());
    }

    [Fact]
    public async Task Nobody_is_asked_if_nothing_may_be_deleted()
    {
        await world.PublishAsync("only");

        var run = (await world.ApplyAsync()).Succeeded();

        Assert.Equal("  There is nothing to mark, and nothing to delete.\n", run.Out);
        Assert.Contains("shop/web", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Screens_say_what_is_marked_what_waits_and_what_was_deleted()
    {
        var unused = await world.PublishUnusedAsync();

        var marked = (await world.AnsweringAsync("y")).Succeeded();
        Assert.Equal(
            """
              shop/web  marked 1

              1 image marked: a run after 7 days deletes what is still unused

            """,
            marked.Out,
            ignoreLineEndingDifferences: true
        );
        var waiting = (await world.ApplyAsync()).Succeeded();
        Assert.Matches(@"^  1 marked before, to go on \d{4}-\d\d-\d\d\n$", waiting.Out);
        Assert.True((await world.StoredAsync()).ContainsKey(unused));

        world.Pass(7);
        var deleted = (await world.AnsweringAsync("YES")).Succeeded();
        Assert.Contains("Delete 2 images of prod? [y/N]", deleted.Error, StringComparison.Ordinal);
        Assert.Matches(@"^  shop/web  deleted 2\n\n  2 images deleted · up to \S+ \S+ freed\n$", deleted.Out);
        Assert.Contains("Written down in ", deleted.Error, StringComparison.Ordinal);
        Assert.False((await world.StoredAsync()).ContainsKey(unused));

        Assert.Equal(
            "  There is nothing to mark, and nothing to delete.\n",
            (await world.ApplyAsync()).Succeeded().Out
        );
    }

    [Fact]
    public async Task The_plan_says_what_apply_would_do_today()
    {
        await world.PublishUnusedAsync();
        Assert.EndsWith(
            "2 images may go: --apply marks 1 (1 more goes with its subject), and a later run deletes what is still unused.\n",
            await PlanAsync(),
            StringComparison.Ordinal
        );

        (await world.ApplyAsync("--yes")).Succeeded();
        Assert.Matches(
            @"2 images may go, and are marked: from \d{4}-\d\d-\d\d on, --apply deletes them\.\n$",
            await PlanAsync()
        );

        world.Pass(7);
        Assert.EndsWith(
            "2 images may go: --apply now deletes what is still unused.\n",
            await PlanAsync(),
            StringComparison.Ordinal
        );

        // Another image falls out of use.
        await world.PublishAsync("third");
        world.Pass(60);
        Assert.EndsWith(
            "4 images may go: --apply now deletes 2 and marks 1; 1 more goes with its subject.\n",
            await PlanAsync(),
            StringComparison.Ordinal
        );
        (await world.ApplyAsync("--yes")).Succeeded();
        world.Pass(1);
        await world.PublishAsync("fourth");
        world.Pass(2);
        Assert.Matches(
            @"4 images may go: --apply now marks 1; 1 marked before goes from \d{4}-\d\d-\d\d on; 2 more go with their subjects\.\n$",
            await PlanAsync()
        );
    }

    [Fact]
    public async Task A_verbose_plan_tells_marked_images_and_statements_from_others()
    {
        var unused = await world.PublishUnusedAsync();
        (await world.ApplyAsync("--yes")).Succeeded();

        var plan = (await world.RunAsync("prune", "--verbose")).Succeeded().Out;

        Assert.Matches($@"delete  {unused.Hex[..4]}…  marked on \d{{4}}-\d\d-\d\d, git-\w{{40}}, src-\w{{40}}\n", plan);
        Assert.Matches($@"delete  \w{{4}}…  about {unused.Short}\n", plan);
    }

    [Fact]
    public async Task One_document_says_what_was_marked_waits_and_was_deleted()
    {
        var unused = await world.PublishUnusedAsync();

        var marked = await DocumentAsync("--yes");
        Assert.Equal(["shop/web@" + unused], ImagesOf(marked, "marked"));
        Assert.Equal(("prod", world.World.Aws.Host), (TextOf(marked, "environment"), TextOf(marked, "registry")));
        Assert.Equal((null, null), (TextOf(marked, "audit"), TextOf(marked, "freedBytes")));

        var waiting = await DocumentAsync("--yes");
        Assert.Equal(["shop/web@" + unused], ImagesOf(waiting, "waiting"));
        Assert.Empty(ImagesOf(waiting, "marked"));

        world.Pass(7);
        var deleted = await DocumentAsync("--yes");
        Assert.Contains("shop/web@" + unused, ImagesOf(deleted, "deleted"));
        Assert.Empty(ImagesOf(deleted, "archived"));
        Assert.True(deleted.GetProperty("freedBytesAtMost").GetInt64() > 0);
        Assert.True(File.Exists(TextOf(deleted, "audit")));
        Assert.StartsWith(
            "shop/web:" + DeletionMark.AuditPrefix,
            deleted.GetProperty("auditArtifacts")[0].GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_grace_of_the_command_line_overrides_that_of_the_file()
    {
        var unused = await world.PublishUnusedAsync();
        (await world.ApplyAsync("--yes")).Succeeded();
        world.Pass(1);

        Assert.Empty(ImagesOf(await DocumentAsync("--yes"), "deleted"));
        Assert.Contains("shop/web@" + unused, ImagesOf(await DocumentAsync("--yes", "--grace", "1"), "deleted"));
    }

    [Fact]
    public async Task A_failure_to_mark_is_reported_with_its_reason_and_exit_code_1()
    {
        var unused = await world.PublishUnusedAsync();
        await world.TakeMarkAsync(unused);

        var run = (await world.ApplyAsync("--yes", "--output", "json")).Failed(FailureKind.Failed);
        var document = run.Document().RootElement;
        var text = (await world.ApplyAsync("--yes")).Failed(FailureKind.Failed);

        Assert.True(AppliedWorld.Schema.IsValid(document), run.Out);
        Assert.Equal(["shop/web@" + unused], ImagesOf(document, "failures"));
        Assert.Contains(
            $"warning: could not mark shop/web@sha256:{unused.Short}…: tag lading-expired-",
            text.Error,
            StringComparison.Ordinal
        );
        Assert.Equal("  shop/web  failed 1\n\n  Nothing was changed.\n", text.Out);
    }

    [Fact]
    public async Task Archived_images_are_listed_apart()
    {
        var unused = await world.PublishUnusedAsync();
        await DocumentAsync("--yes", "--archive");
        world.Pass(7);

        var archived = await DocumentAsync("--yes", "--archive");

        Assert.Equal(["shop/web@" + unused], ImagesOf(archived, "archived"));
        Assert.Empty(ImagesOf(archived, "deleted"));
    }

    [Fact]
    public async Task A_registry_with_unknown_facts_is_left_alone()
    {
        await world.PublishUnusedAsync();
        world.World.Aws.Workloads.Denied.Add("lambda:ListFunctions");
        var before = await world.StoredAsync();

        var run = (await world.ApplyAsync("--yes")).Failed(FailureKind.CheckFailed);
        var document = await world.ApplyAsync("--yes", "--output", "json");

        Assert.Contains("no access to lambda:ListFunctions", run.Error, StringComparison.Ordinal);
        Assert.Equal("  Nothing was changed: what is held stays until its reason is gone.\n", run.Out);
        Assert.True(AppliedWorld.Schema.IsValid(document.Failed(FailureKind.CheckFailed).Document().RootElement));
        Assert.Equal(before, await world.StoredAsync());
    }

    private async Task<JsonElement> DocumentAsync(params IReadOnlyList<string> arguments)
    {
        var run = (await world.ApplyAsync([.. arguments, "--output", "json"])).Succeeded();
        var document = run.Document().RootElement;
        Assert.True(AppliedWorld.Schema.IsValid(document), run.Out);
        return document;
    }

    private static string? TextOf(JsonElement document, string member) => document.GetProperty(member).GetString();

    private async Task<string> PlanAsync() => (await world.RunAsync("prune")).Succeeded().Out.ReplaceLineEndings("\n");

    private static IEnumerable<string> ImagesOf(JsonElement document, string member) =>
        document
            .GetProperty(member)
            .EnumerateArray()
            .Select(image => $"{TextOf(image, "repository")}@{TextOf(image, "digest")}");
}
