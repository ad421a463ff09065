using System.Text.Json;
using Lading.Leases;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Diagnosis;

/// <summary>The whole tool looks at an account over HTTP.</summary>
public sealed class LookingAfterAnAccount : IAsyncLifetime
{
    private const string ThreeNewest =
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}""";

    private AccountWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AccountWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Credentials_of_another_account_are_broken_and_other_checks_say_that_they_cannot_look()
    {
        world.Folder.Repository.Write(
            "lading.json",
            """
            { "project": "shop", "images": { "web": { "context": "web" } },
              "environments": { "prod": { "account": "333333333333", "region": "eu-central-1" } } }
            """
        );

        var run = (await world.DoctorAsync("credentials", "platforms")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "✗ it is account 333333333333, and AWS_ACCESS_KEY_ID belongs to account 222222222222",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "? could not look at platforms in prod: the account of prod cannot be used: lading doctor credentials --env prod",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_any_credentials_it_says_that_it_could_not_look()
    {
        world.Folder.Variables.Remove("AWS_ACCESS_KEY_ID");
        world.Folder.Variables.Remove("AWS_SECRET_ACCESS_KEY");

        var run = (await world.DoctorAsync("credentials")).Succeeded();

        Assert.Contains(
            "? could not look at credentials in prod: no profile is named",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0, "✓ 1 check ")]
    [InlineData(-120, "! this machine's clock is 120 s ahead of AWS's")]
    [InlineData(900, "✗ this machine's clock is 900 s behind AWS's")]
    public async Task A_clock_that_is_off_is_reported(int seconds, string said)
    {
        world.Aws.Skew = TimeSpan.FromSeconds(seconds);

        var run = await world.DoctorAsync("clock");

        Assert.Contains(
            said[..^1],
            run.Out.Replace("119 s", "120 s", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Addresses_that_are_set_are_reported()
    {
        var run = (await world.DoctorAsync("endpoints")).Succeeded();

        Assert.Contains("AWS_ENDPOINT_URL_ECR sends ECR to 127.0.0.1:", run.Out, StringComparison.Ordinal);

        world.Folder.Variables["AWS_ENDPOINT_URL_ECR"] = "http://elsewhere.example";
        Assert.Contains("✗ Could not reach ECR", (await world.DoctorAsync("endpoints")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_not_bootstrapped_is_broken()
    {
        var run = (await world.DoctorAsync("bootstrap")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "✗ 222222222222/eu-central-1 is not bootstrapped with qualifier hnb659fds, which the app deploys with: cdk bootstrap aws://222222222222/eu-central-1",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("33", "✓ 1 check")]
    [InlineData("20", "! bootstrap version 20 of 222222222222/eu-central-1 is older than cdk 2.1148.1 wants (33)")]
    [InlineData(
        "5",
        "✗ bootstrap version 5 of 222222222222/eu-central-1 is older than the app's assembly requires (6)"
    )]
    public async Task An_old_bootstrap_is_reported(string version, string said)
    {
        world
            .Folder.Repository.Write(
                "cdk.out/manifest.json",
                """
                { "version": "55.0.0", "artifacts": { "Shop": { "type": "aws:cloudformation:stack", "properties": {
                    "requiresBootstrapStackVersion": 6, "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/shop1/version" } } } }
                """
            )
            .Write("node_modules/.bin/cdk", "")
            .Write("node_modules/aws-cdk/package.json", """{ "name": "aws-cdk", "version": "2.1148.1" }""")
            .Write(
                "node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml",
                "Resources:\n  CdkBootstrapVersion:\n    Type: AWS::SSM::Parameter\n    Properties:\n      Type: String\n      # Also below\n      Value: '33'\n"
            );
        world.Aws.Stacks.Parameters["/cdk-bootstrap/shop1/version"] = [(version, default)];

        Assert.Contains(said, (await world.DoctorAsync("bootstrap")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_of_the_bootstrap_are_assumed_and_distinguished()
    {
        string Role(string use) => $"cdk-hnb659fds-{use}-role-{AccountWorld.Account}-eu-central-1";
        foreach (var use in (string[])["file-publishing", "lookup"])
        {
            world.Aws.Roles.Granted[$"arn:aws:iam::{AccountWorld.Account}:role/{Role(use)}"] = new HashSet<string>();
        }

        world.Aws.Iam.Roles[Role("image-publishing")] = new();

        var run = (await world.DoctorAsync("bootstrap-roles")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            $"✗ role {Role("deploy")}, with which cdk deploys, is not there: cdk bootstrap",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"! role {Role("image-publishing")}, with which cdk pushes image assets, may not be assumed",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("lookup", run.Out, StringComparison.Ordinal);

        world.Aws.Roles.Denied.Add("iam:GetRole");
        run = await world.DoctorAsync("bootstrap-roles");
        Assert.Contains("no access to iam:GetRole", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repositories_are_looked_at()
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
    public async Task A_lifecycle_rule_that_would_delete_what_runs_is_broken()
    {
        var running = await world.PushAsync("shop/web", 1, "src-1");
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await world.PushAsync("shop/web", 2, "src-2");
        world.Deploy(running);
        Assert.Contains("✓ 1 check", (await world.DoctorAsync("lifecycle-rules")).Out, StringComparison.Ordinal);

        await world.CreateAsync("shop/web", record => record with { LifecyclePolicy = ThreeNewest });
        var run = (await world.DoctorAsync("lifecycle-rules")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            $"✗ lifecycle rule 1 of shop/web would delete {Digest.Parse(running.Split('@')[1]).Hex[..12]}… (running, 2 tasks of Shop-Web): aws ecr delete-lifecycle-policy",
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
        await world.CreateAsync("shop/web", record => record with { LifecyclePolicy = ThreeNewest });

        Assert.Contains("✓ 1 check", (await world.DoctorAsync("lifecycle-rules")).Out, StringComparison.Ordinal);
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
    }

    [Theory]
    [InlineData("ARM64", 3, "✗ Shop-Web runs on linux/arm64, and the image of its container web is for linux/amd64")]
    [InlineData("X86_64", 0, "✓ 1 check")]
    [InlineData(null, 0, "✓ 1 check")]
    public async Task A_service_on_another_processor_than_its_image_is_broken(
        string? architecture,
        int code,
        string said
    )
    {
        world.Deploy(await world.PushAsync("shop/web", 1, "src-1"), architecture: architecture);

        var run = await world.DoctorAsync("platforms");

        Assert.Contains(said, run.Out, StringComparison.Ordinal);
        Assert.Equal(code, run.ExitCode);
    }

    [Fact]
    public async Task A_role_that_may_not_pull_is_reported_with_the_policy_that_it_lacks()
    {
        world.Deploy(await world.PushAsync("shop/web", 1, "src-1"), "WebRole");
        world.Aws.Iam.Roles["WebRole"] = new() { Simulated = { "ecr:GetAuthorizationToken" } };

        var run = (await world.DoctorAsync("pull-permission")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "✗ execution role WebRole may not pull shop/web: it lacks ecr:BatchGetImage, ecr:GetDownloadUrlForLayer",
            run.Out,
            StringComparison.Ordinal
        );
        using var policy = JsonDocument.Parse(
            run.Out[run.Out.IndexOf('{', StringComparison.Ordinal)..(run.Out.LastIndexOf('}') + 1)]
        );
        Assert.Equal(
            "arn:aws:ecr:eu-central-1:222222222222:repository/shop/web",
            policy.RootElement.GetProperty("Statement")[0].GetProperty("Resource").GetString()
        );
    }

    [Fact]
    public async Task Reads_policies_if_simulation_is_denied()
    {
        world.Deploy(await world.PushAsync("shop/web", 1, "src-1"), "WebRole");
        world.Aws.Roles.Denied.Add("iam:SimulatePrincipalPolicy");
        world.Aws.Iam.Roles["WebRole"] = new()
        {
            Managed =
            {
                ["arn:aws:iam::aws:policy/login"] =
                    """{"Statement":{"Effect":"Allow","Action":"ecr:GetAuth*","Resource":"*"}}""",
            },
            Own =
            {
                ["pull"] =
                    """{"Statement":[{"Effect":"Allow","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"Resource":"arn:aws:ecr:*:222222222222:repository/shop/*"}]}""",
            },
        };
        Assert.Contains("✓ 1 check", (await world.DoctorAsync("pull-permission")).Out, StringComparison.Ordinal);

        world.Aws.Iam.Roles["WebRole"].Own["pull"] =
            """{"Statement":[{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"}]}""";
        var run = (await world.DoctorAsync("pull-permission")).Failed(FailureKind.CheckFailed);
        Assert.Contains("it lacks ecr:GetDownloadUrlForLayer", run.Out, StringComparison.Ordinal);

        // Within an account the repository's own policy is enough.
        await world.CreateAsync(
            "shop/web",
            record =>
                record with
                {
                    Policy =
                        """{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:role/WebRole"},"Action":"ecr:*"}]}""",
                }
        );
        Assert.Contains("✓ 1 check", (await world.DoctorAsync("pull-permission")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_never_a_pass()
    {
        world.Deploy(await world.PushAsync("shop/web", 1, "src-1"), "WebRole");
        world.Aws.Iam.Roles["WebRole"] = new() { Simulated = { "ecr:GetAuthorizationToken" } };
        world.Aws.Roles.Denied.UnionWith(["iam:SimulatePrincipalPolicy", "iam:ListAttachedRolePolicies"]);

        var run = (await world.DoctorAsync("pull-permission")).Succeeded();

        Assert.Contains(
            "no access to iam:SimulatePrincipalPolicy in 222222222222, nor to iam:ListAttachedRolePolicies in 222222222222",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("✓ 0 other checks", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lease_of_a_killed_run_is_reported_and_removed_and_no_other()
    {
        world.Deploy(await world.PushAsync("shop/web", 1, "src-1"));
        var parameter = Lease.ParameterOf("Shop");
        world.Aws.Stacks.Parameters[parameter] = [(LeaseOf(ProcessMark.Own), default)];
        Assert.Contains("✓ 1 check", (await world.DoctorAsync("leases")).Out, StringComparison.Ordinal);
        (await world.DoctorAsync("leases", "--clean")).Succeeded();
        Assert.True(world.Aws.Stacks.Parameters.ContainsKey(parameter));

        world.Aws.Stacks.Parameters[parameter] = [(LeaseOf(await CleaningUp.EndedAsync()), default)];
        Assert.Contains(
            "! a run that was killed here left its lease of Shop",
            (await world.DoctorAsync("leases")).Out,
            StringComparison.Ordinal
        );
        var run = await world.DoctorAsync("leases", "--clean");
        Assert.Contains(
            "  removed the lease of Shop in prod\n",
            run.Out.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        Assert.False(world.Aws.Stacks.Parameters.ContainsKey(parameter));
    }

    private static string LeaseOf(ProcessMark mark)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new Lease("0", "test", "lading deploy", now, now + Lease.Length) { Process = mark.ToString() }.ToJson();
    }
}
