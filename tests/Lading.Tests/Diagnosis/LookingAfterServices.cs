using System.Text.Json;
using Lading.Leases;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Diagnosis;

/// <summary>
/// The whole tool looks at what services run: for which processor, with which role, and who is working on them.
/// </summary>
public sealed class LookingAfterServices : IAsyncLifetime
{
    private AccountWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AccountWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("ARM64", 3, "✗ Shop-Web runs on linux/arm64, and the image of its container web is for linux/amd64")]
    [InlineData("X86_64", 0, "✓ 1 check")]
    [InlineData(null, 0, "✓ 1 check")]
    public async Task A_service_on_a_processor_that_its_image_is_not_for_is_broken(
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
    public async Task An_image_that_is_named_by_a_tag_is_looked_up()
    {
        var image = await world.PushAsync("shop/web", 1, "src-1");
        world.Deploy($"{image.Split('@')[0]}:src-1", architecture: "ARM64");

        var run = (await world.DoctorAsync("platforms")).Succeeded();

        Assert.Contains(
            "! Shop-Web runs on linux/arm64, and the image of its container web is by now for linux/amd64",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "ARM64",
        3,
        "✗ Shop-Web runs on linux/arm64, and the image of its container web is for linux/amd64, linux/s390x: add \"linux/arm64\" to its \"platforms\" in lading.json"
    )]
    [InlineData("X86_64", 0, "✓ 1 check")]
    public async Task An_index_is_for_the_platforms_of_its_images(string architecture, int code, string said)
    {
        world.Deploy(
            await world.PushIndexAsync("shop/web", "src-1", Platform.LinuxAmd64, Platform.Parse("linux/s390x")),
            architecture: architecture
        );

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
    public async Task A_role_that_may_pull_under_a_condition_is_not_reported_as_broken()
    {
        world.Deploy(await world.PushAsync("shop/web", 1, "src-1"), "WebRole");
        world.Aws.Iam.Roles["WebRole"] = new()
        {
            Simulated = { "ecr:GetAuthorizationToken" },
            Conditional = { "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer" },
        };

        var run = (await world.DoctorAsync("pull-permission")).Succeeded();

        Assert.DoesNotContain("may not pull", run.Out, StringComparison.Ordinal);
        Assert.Contains("condition", run.Out, StringComparison.Ordinal);
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

        // Within an account, the repository's own policy is enough.
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
    public async Task Only_the_lease_of_a_killed_run_is_reported_and_removed()
    {
        world.Deploy(await world.PushAsync("shop/web", 1, "src-1"));
        var parameter = Lease.ParameterOf("Shop");
        world.Aws.Stacks.Parameters[parameter] = [(LeaseOf(ProcessMark.Own), default)];
        Assert.Contains("✓ 1 check", (await world.DoctorAsync("leases")).Out, StringComparison.Ordinal);
        (await world.DoctorAsync("leases", "--clean")).Succeeded();
        Assert.True(world.Aws.Stacks.Parameters.ContainsKey(parameter));

        world.Aws.Stacks.Parameters[parameter] = [(LeaseOf(await CleaningUp.EndedAsync()), default)];
        Assert.Contains(
            "! a run that was killed here left its lease of Shop, which keeps others away until it ends: lading doctor leases --env prod --clean  (leases, prod)",
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

    [Fact]
    public async Task A_lease_that_may_not_be_removed_is_reported_with_the_reason()
    {
        world.Deploy(await world.PushAsync("shop/web", 1, "src-1"));
        world.Aws.Stacks.Parameters[Lease.ParameterOf("Shop")] = [(LeaseOf(await CleaningUp.EndedAsync()), default)];
        world.Aws.Roles.Denied.Add("ssm:DeleteParameter");

        var run = (await world.DoctorAsync("leases", "--clean")).Succeeded();

        Assert.Contains("! Could not delete the parameter /lading/Shop/lease", run.Out, StringComparison.Ordinal);
        Assert.Contains("! a run that was killed here left its lease of Shop", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("removed", run.Out, StringComparison.Ordinal);
    }

    private static string LeaseOf(ProcessMark mark)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new Lease("0", "test", "lading deploy", now, now + Lease.Length) { Process = mark.ToString() }.ToJson();
    }
}
