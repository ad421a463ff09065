using System.Text.Json;
using Lading.Testing;
using Lading.Testing.Cloud.Ecs;
using Lading.Tests.Configuration;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary><c>lading rollback</c> in an empty folder: the whole tool against stand-ins.</summary>
public sealed class GoingBackToARelease : IAsyncLifetime
{
    private const string Bad = "9d01f3a000000000000000000000000000000000";
    private const string Good = "4e1c0d2000000000000000000000000000000000";

    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_previous_release_runs_again_and_the_screen_says_how_to_stay_there()
    {
        var (good, bad) = (world.Image("good", Good), world.Image("bad", Bad));
        world.Deploy(good, bad);

        var run = (await world.RollbackAsync()).Succeeded();

        Assert.Equal(good, world.Running);
        Assert.Matches("Shop now       #2  .*  web 9d01f3a  ran .*\n", run.Error);
        Assert.Matches("going back to  #1  .*  web 4e1c0d2  ran 20 h\n", run.Error);
        Assert.Contains("in the registry, linux/amd64", run.Error, StringComparison.Ordinal);
        Assert.Matches("  Shop-Web web  2/2  runs sha256:[0-9a-f]{12}…\n  Back on #1 after .*\n", run.Out);
        Assert.EndsWith(
            "  The next deployment from HEAD would bring 9d01f3a back. To stay: git revert 9d01f3a, or lading pin web@4e1c0d2 --reason \"rolled back\"\n",
            run.Out
        );
        Assert.DoesNotContain(world.Aws.Calls, call => call is "cloudformation:UpdateStack" or "ecs:UpdateService");
    }

    [Fact]
    public async Task Tasks_that_could_not_be_read_are_not_counted_as_none()
    {
        world.Deploy(world.Image("good"), world.Image("bad"));
        var known = (await world.RollbackAsync("--dry-run")).Succeeded();
        world.Aws.Roles.Denied.Add("ecs:DescribeTasks");

        var unknown = (await world.RollbackAsync("--dry-run")).Succeeded();

        Assert.Contains("  2 tasks", known.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("tasks", unknown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_names_the_release_that_was_rolled_back_until_the_next_deployment()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        (await world.RollbackAsync()).Succeeded();

        using var record = JsonDocument.Parse(world.Aws.Stacks.Parameters["/lading/Shop"][^1].Value);
        var web = record.RootElement.GetProperty("images").GetProperty("web");

        Assert.Equal(good[(good.IndexOf('/', StringComparison.Ordinal) + 1)..], web.GetProperty("image").GetString());
        Assert.Equal(
            [world.DigestOf(bad)],
            web.GetProperty("rolledBackFrom").EnumerateArray().Select(each => each.GetString())
        );
        Assert.True(SchemaValidator.Of("record").IsValid(record.RootElement));
    }

    [Fact]
    public async Task History_marks_the_release_that_was_rolled_back_and_names_the_command_that_goes_back()
    {
        world.Deploy(world.Image("first"), world.Image("good"), world.Image("bad"));
        (await world.RollbackAsync()).Succeeded();

        var run = (
            await world.ToolAsync("history", "--account", RunningWorld.Account, "--region", RunningWorld.Region)
        ).Succeeded();

        Assert.Matches(@"#3 .*was rolled back from\n", run.Out);
        Assert.DoesNotMatch(@"#3 .*one can go back", run.Out);
        Assert.Matches(@"#2 .*one can go back\n", run.Out);
        Assert.Contains(
            $"To go back: lading rollback Shop --account {RunningWorld.Account} --region {RunningWorld.Region}  (asks first",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_second_rollback_does_not_choose_the_release_that_was_rolled_back()
    {
        var (first, second, third) = (world.Image("first"), world.Image("second"), world.Image("third"));
        world.Deploy(first, second, third);

        (await world.RollbackAsync()).Succeeded();
        Assert.Equal(second, world.Running);
        (await world.RollbackAsync()).Succeeded();
        Assert.Equal(first, world.Running);
    }

    [Fact]
    public async Task Back_and_forth_twice_gives_the_same_template_apart_from_the_record()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        var texts = new List<string>();
        foreach (var image in new[] { good, bad, good, bad })
        {
            (await world.RollbackAsync("Shop", "--to", world.DigestOf(image))).Succeeded();
            Assert.Equal(image, world.Running);
            texts.Add(world.Aws.Stacks["Shop"].Text);
        }

        Assert.Equal(texts[0], texts[2]);
        Assert.Equal(texts[1], texts[3]);
    }

    [Fact]
    public async Task Nothing_is_changed_by_a_dry_run_or_without_a_yes()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);

        var dry = (await world.RollbackAsync("--dry-run")).Succeeded();
        var unanswered = await world.AnsweringAsync("", "Shop");
        var refused = await world.AnsweringAsync("n", "Shop");

        Assert.Contains("going back to", dry.Out, StringComparison.Ordinal);
        Assert.Equal((130, 130), (unanswered.ExitCode, refused.ExitCode));
        Assert.EndsWith("Deploy this to 222222222222? [y/N] cancelled: nothing was changed\n", refused.Error);
        Assert.Equal(bad, world.Running);
        Assert.DoesNotContain("cloudformation:CreateChangeSet", world.Aws.Calls);
    }

    [Fact]
    public async Task A_yes_goes_back_and_without_a_terminal_it_must_be_an_option()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);

        (await world.AnsweringAsync("y", "Shop")).Succeeded();
        var unasked = await ToolRun.InAsync(world.Folder, "rollback", "--account", RunningWorld.Account);

        Assert.Equal(good, world.Running);
        Assert.Contains("Add --yes", unasked.Failed(FailureKind.Usage).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_gone_or_archived_or_of_another_platform_is_not_proven()
    {
        var (good, other, bad) = (world.Image("good"), world.Image("arm", architecture: "arm64"), world.Image("bad"));
        world.Deploy(world.Image("oldest"), good, other, bad);

        var platform = await world.RollbackAsync("Shop");
        world.Aws.Archived.Add(world.DigestOf(good));
        var archived = await world.RollbackAsync("Shop", "--to", "#2");
        world.Aws.Images.Remove(("shop/web", world.DigestOf(good)));
        var gone = await world.RollbackAsync("Shop", "--to", "#2");

        Assert.Contains(
            "is for linux/arm64, and WebTask/web runs on linux/amd64",
            platform.Failed(FailureKind.CheckFailed).Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "restore it with aws ecr update-image-storage-class",
            archived.Failed(FailureKind.CheckFailed).Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is not in its registry any more",
            gone.Failed(FailureKind.CheckFailed).Out,
            StringComparison.Ordinal
        );
        Assert.Contains("Nothing was changed. One could go back to #3, #1", gone.Out, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
        Assert.DoesNotContain("cloudformation:CreateChangeSet", world.Aws.Calls);
    }

    [Fact]
    public async Task A_release_that_does_not_start_is_undone_and_that_is_reported()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(RunningWorld.Shop(good, hasBreaker: true));
        world.Deploy(RunningWorld.Shop(bad, hasBreaker: true));
        world.Aws.Ecs.SetFate(good, ImageFate.Crashes);

        var run = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains("CloudFormation rolled back to what ran before, #2", run.Out, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task A_service_keeps_the_number_of_tasks_that_it_runs()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good, bad);
        world.Aws.Ecs.Services.Single().Desired = 5;
        world.Aws.Ecs.Settle();

        var run = (await world.RollbackAsync()).Succeeded();
        Assert.Contains("Web keeps 5 tasks; its template says 2", run.Error, StringComparison.Ordinal);
        Assert.Equal(5, world.Aws.Ecs.Services.Single().Desired);

        world.Aws.Ecs.Services.Single().Desired = 4;
        world.Aws.Ecs.Settle();
        (await world.RollbackAsync("--to", "#2", "--template-count")).Succeeded();
        Assert.Equal(5, world.Aws.Ecs.Services.Single().Desired);
    }

    [Fact]
    public async Task The_document_keeps_to_its_schema()
    {
        var (good, bad) = (world.Image("good", Good), world.Image("bad"));
        world.Deploy(good, bad);

        using var dry = (await world.RollbackAsync("--dry-run", "--output", "json")).Succeeded().Document();
        using var done = (await world.RollbackAsync("--output", "json")).Succeeded().Document();
        world.Aws.Images.Remove(("shop/web", world.DigestOf(bad)));
        using var refused = (await world.RollbackAsync("--to", "#2", "--output", "json"))
            .Failed(FailureKind.CheckFailed)
            .Document();

        Assert.Equal(
            ["dry-run", "back", "refused"],
            new[] { dry, done, refused }.Select(each => each.RootElement.GetProperty("state").GetString())
        );
        Assert.Equal(
            world.DigestOf(good),
            done.RootElement.GetProperty("containers")[0].GetProperty("runs").GetString()
        );
        Assert.All(
            new[] { dry, done, refused },
            each => Assert.True(SchemaValidator.Of("rollback").IsValid(each.RootElement))
        );
    }

    [Fact]
    public async Task An_update_that_is_under_way_is_cancelled()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Deploy(good);
        world.Aws.Stacks.Begin(RunningWorld.Shop(bad));

        var declined = await world.AnsweringAsync("n", "Shop");
        Assert.Equal(130, declined.ExitCode);
        Assert.Contains(
            "If you cancel that, CloudFormation restores what ran before, #1.",
            declined.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("cloudformation:CancelUpdateStack", world.Aws.Calls);
        var named = (await world.RollbackAsync("Shop", "--to", "#1")).Failed(FailureKind.CheckFailed);
        Assert.Contains("it is being updated since", named.Error, StringComparison.Ordinal);

        using var document = (await world.RollbackAsync("Shop", "--output", "json")).Succeeded().Document();

        Assert.Equal("cancelled", document.RootElement.GetProperty("state").GetString());
        Assert.True(SchemaValidator.Of("rollback").IsValid(document.RootElement));
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", world.Aws.Stacks["Shop"].Status);
        Assert.Equal(good, world.Running);
    }
}
