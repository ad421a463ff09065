using Lading.Aws.Diagnosis;
using Lading.Aws.Ecr;
using Lading.Diagnosis;
using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.Tests.Diagnosis;

/// <summary>The whole tool looks at ECR repositories: their tags, their rules, and who else cleans up there.</summary>
public sealed class LookingAfterRepositories : IAsyncLifetime
{
    private const string NewestAlone =
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}""";

    private const string Move =
        "aws ecr put-image-tag-mutability --repository-name shop/web --image-tag-mutability MUTABLE_WITH_EXCLUSION --image-tag-mutability-exclusion-filters";

    private AccountWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AccountWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Repositories_are_checked()
    {
        Assert.Contains(
            "✓ 3 checks",
            (await world.DoctorAsync("repositories", "tag-mutability", "tag-aliases")).Out,
            StringComparison.Ordinal
        );

        await world.CreateAsync("shop/web", record => record with { Settings = RepositorySettings.MutableExcept() });
        var run = (await world.DoctorAsync("tag-mutability")).Succeeded();
        Assert.Contains(
            "! anybody who may push to shop/web can move its source tags",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "aws ecr put-image-tag-mutability --repository-name shop/web",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_missing_repository_that_a_stack_is_to_create_is_broken()
    {
        world.Configure(""", "repositories": "cdk" """);

        var run = (await world.DoctorAsync("repositories")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "✗ shop/web is not there, and publish is not to create it: deploy the stack that has the ImageRepository constructs first  (repositories, prod)",
            run.Out,
            StringComparison.Ordinal
        );
        await world.CreateAsync("shop/web");
        Assert.Contains("✓ 1 check", (await world.DoctorAsync("repositories")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_refuses_aliases_is_reported_with_settings_that_let_them_move()
    {
        string[] aliases = ["{branch}", "latest", "v-{commit}"];
        world.Configure(project: """, "aliases": ["{branch}", "latest", "v-{commit}"] """);
        await world.CreateAsync("shop/web");

        var run = (await world.DoctorAsync("tag-aliases")).Succeeded();

        Assert.Contains(
            "! shop/web has immutable tags, and so refuses aliases {branch}, latest at the second publish: "
                + $"{Move} filterType=WILDCARD,filter='src-*' filterType=WILDCARD,filter='git-*' filterType=WILDCARD,filter='v-*' --region eu-central-1",
            run.Out,
            StringComparison.Ordinal
        );
        await world.CreateAsync("shop/web", record => record with { Settings = AliasTags.SettingsFor(aliases) });
        Assert.Contains(
            "✓ 2 checks",
            (await world.DoctorAsync("tag-aliases", "tag-mutability")).Out,
            StringComparison.Ordinal
        );
        // The settings that keep source tags in place let aliases move.
        await world.CreateAsync("shop/web", record => record with { Settings = RepositorySettings.MutableExcept() });
        Assert.Contains(
            $"can move its source tags to another image: {Move}",
            (await world.DoctorAsync("tag-mutability")).Out,
            StringComparison.Ordinal
        );
    }

    /// <summary>Also in a repository that is not the project's, such as those of CDK's AppStaging.</summary>
    [Theory]
    [InlineData("shop/web")]
    [InlineData("storefront/staging-web")]
    public async Task A_lifecycle_rule_that_would_delete_what_runs_is_broken(string repository)
    {
        var running = await world.PushAsync(repository, 1, "src-1");
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await world.PushAsync(repository, 2, "src-2");
        world.Deploy(running);
        Assert.Contains("✓ 1 check", (await world.DoctorAsync("lifecycle-rules")).Out, StringComparison.Ordinal);

        await world.CreateAsync(repository, record => record with { LifecyclePolicy = NewestAlone });
        var run = (await world.DoctorAsync("lifecycle-rules")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            $"✗ lifecycle rule 1 of {repository} would delete {Digest.Parse(running.Split('@')[1]).Hex[..12]}… (running, 2 tasks of Shop-Web): aws ecr delete-lifecycle-policy --registry-id 222222222222 --repository-name {repository}",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_lifecycle_rule_that_would_delete_what_a_lock_pins_is_broken()
    {
        var pinned = await world.PushAsync("shop/web", 1, "src-1");
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await world.PushAsync("shop/web", 2, "src-2");
        await world.CreateAsync("shop/web", record => record with { LifecyclePolicy = NewestAlone });
        Assert.Contains("✓ 1 check", (await world.DoctorAsync("lifecycle-rules")).Out, StringComparison.Ordinal);

        world.Folder.Repository.Write(
            ".lading/prod.lock.json",
            $$"""
            { "lockVersion": 1, "environment": "prod", "images": { "web": {
                "repository": "shop/web", "digest": "{{pinned.Split('@')[1]}}",
                "fingerprint": "{{new string('b', 64)}}", "revision": null, "platforms": ["linux/amd64"] } } }
            """
        );
        var run = (await world.DoctorAsync("lifecycle-rules")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            $"would delete {Digest.Parse(pinned.Split('@')[1]).Hex[..12]}… (pinned by the lock of prod): aws ecr delete-lifecycle-policy --registry-id 222222222222 --repository-name shop/web",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_lifecycle_rule_that_spares_what_runs_is_fine()
    {
        await world.PushAsync("shop/web", 2, "src-2");
        await Task.Delay(20, TestContext.Current.CancellationToken);
        world.Deploy(await world.PushAsync("shop/web", 1, "src-1"));
        await world.CreateAsync("shop/web", record => record with { LifecyclePolicy = NewestAlone });

        Assert.Contains("✓ 1 check", (await world.DoctorAsync("lifecycle-rules")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EXPIRE", "would delete")]
    [InlineData("TRANSITION", "would archive")]
    public void A_rule_that_archives_what_runs_is_just_as_bad(string action, string said)
    {
        var digest = Digest.Parse($"sha256:{new string('a', 64)}");

        var finding = LifecycleCheck
            .Decide(
                RepositoryName.Parse("shop/web"),
                "222222222222",
                [new ExpiringImage(digest, action, 2)],
                [new LiveImage("host/shop/web", digest, "running, 6 tasks of web")],
                " --region eu-central-1 --profile storefront"
            )
            .Single();

        Assert.Equal(Severity.Broken, finding.Severity);
        Assert.Equal(
            $"lifecycle rule 2 of shop/web {said} {new string('a', 12)}… (running, 6 tasks of web)",
            finding.Text
        );
        Assert.StartsWith(
            "aws ecr delete-lifecycle-policy --registry-id 222222222222 --repository-name shop/web --region eu-central-1 --profile storefront (",
            finding.Remedy,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Images_that_cdk_gc_does_not_see_are_reported()
    {
        world.Deploy(await world.PushAsync("cdk-hnb659fds-container-assets-222222222222-eu-central-1", 1, "one"));

        var run = (await world.DoctorAsync("cdk-gc")).Succeeded();

        Assert.Contains(
            "! 1 image runs by digest from cdk-hnb659fds-container-assets-",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(": never run 'cdk gc' with images there", run.Out, StringComparison.Ordinal);
    }
}
