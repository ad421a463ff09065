using Lading.Testing;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>Who makes a call: the caller if allowed, otherwise a role of the bootstrap, as docs/iam.md says.</summary>
public sealed class AssumingRoles : IAsyncLifetime
{
    private const string Place = $"{RunningWorld.Account}-{RunningWorld.Region}";
    private const string Deploy = $"cdk-hnb659fds-deploy-role-{Place}";
    private const string Publish = $"cdk-hnb659fds-file-publishing-role-{Place}";

    private static readonly string[] OfDeployRole =
    [
        "cloudformation:CreateChangeSet",
        "cloudformation:DescribeChangeSet",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:DeleteChangeSet",
        "cloudformation:DescribeStackEvents",
        "cloudformation:DescribeStacks",
        "cloudformation:GetTemplate",
    ];

    private static readonly string[] OfPublishingRole = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"];

    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Each_call_that_the_caller_may_not_make_is_made_by_the_role_of_the_table()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        var shop = new NestedShop(world);
        shop.Deploy(good);
        shop.Deploy(bad);
        Grant();
        foreach (var action in OfDeployRole.Where(each => each.EndsWith("ChangeSet", StringComparison.Ordinal)))
        {
            world.Aws.Roles.Denied.Add(action);
        }

        world.Aws.Roles.Denied.UnionWith(OfPublishingRole);

        (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Equal(good, world.Running);
        Assert.Equal(
            [
                $"{Deploy} cloudformation:CreateChangeSet",
                $"{Deploy} cloudformation:DescribeChangeSet",
                $"{Deploy} cloudformation:ExecuteChangeSet",
                $"{Publish} s3:GetObject",
                $"{Publish} s3:PutObject",
            ],
            world
                .Aws.Roles.Done.Where(each => each.Action != "sts:GetCallerIdentity")
                .Select(each => $"{each.Role} {each.Action}")
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
        var documented = await File.ReadAllTextAsync(
            SourceTree.PathOf("docs/iam.md"),
            TestContext.Current.CancellationToken
        );
        Assert.All(
            OfDeployRole.Concat(OfPublishingRole),
            action => Assert.Contains(action.Split(':')[1], documented, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task All_calls_use_the_profile_that_options_name()
    {
        var good = world.Image("good");
        world.Deploy(good, world.Image("bad"));
        var configuration = Path.Combine(world.Folder, "aws");
        await File.WriteAllTextAsync(
            configuration,
            "[profile night]\naws_access_key_id = testing\naws_secret_access_key = testing\n",
            TestContext.Current.CancellationToken
        );
        world.Variables["AWS_CONFIG_FILE"] = configuration;
        world.Variables.Remove("AWS_ACCESS_KEY_ID");
        world.Variables.Remove("AWS_SECRET_ACCESS_KEY");

        (await world.RollbackAsync("--profile", "night")).Succeeded();

        Assert.Equal(good, world.Running);
    }

    [Fact]
    public async Task A_caller_with_the_permissions_assumes_no_role()
    {
        world.Deploy(world.Image("good"), world.Image("bad"));
        world.Aws.Stacks["Shop"].Role = NestedShop.Role;
        Grant();

        (await world.RollbackAsync()).Succeeded();

        Assert.Empty(world.Aws.Roles.Done);
        Assert.DoesNotContain("sts:AssumeRole", world.Aws.Calls);
    }

    [Fact]
    public async Task A_role_that_does_not_trust_the_caller_is_reported_with_the_first_refusal()
    {
        var bad = world.Image("bad");
        world.Deploy(world.Image("good"), bad);
        world.Aws.Stacks["Shop"].Role = NestedShop.Role;
        world.Aws.Roles.Denied.Add("cloudformation:CreateChangeSet");

        var run = (await world.RollbackAsync()).Failed(FailureKind.Failed);

        Assert.Contains("Could not create a change set for Shop", run.Error, StringComparison.Ordinal);
        Assert.Contains($"with role {Deploy}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"Or let them assume arn:aws:iam::{RunningWorld.Account}:role/{Deploy}.", run.Error);
        Assert.Equal(bad, world.Running);
    }

    [Fact]
    public async Task Calls_that_no_bootstrap_role_may_make_are_made_as_the_caller()
    {
        world.Deploy(world.Image("good"));
        world.Aws.Stacks["Shop"].Role = NestedShop.Role;
        Grant();
        world.Aws.Roles.Denied.Add("cloudformation:CancelUpdateStack");
        world.Aws.Stacks.Begin(RunningWorld.Shop(world.Image("bad")));

        var run = (await world.RollbackAsync("Shop")).Failed(FailureKind.Failed);

        Assert.Contains("Allow cloudformation:CancelUpdateStack", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sts:AssumeRole", world.Aws.Calls);
    }

    [Fact]
    public async Task Role_notifications_and_tags_are_left_out_and_the_capabilities_of_the_stack_passed()
    {
        world.Deploy(world.Image("good"), world.Image("bad"));
        var stack = world.Aws.Stacks["Shop"];
        stack.Role = NestedShop.Role;
        stack.Capabilities.AddRange(["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]);

        (await world.RollbackAsync()).Succeeded();

        var request = world.Aws.StacksApi.ChangeSets.Requests.Single();
        Assert.DoesNotContain(
            request.Keys,
            key =>
                key.StartsWith("RoleARN", StringComparison.Ordinal)
                || key.StartsWith("NotificationARNs", StringComparison.Ordinal)
                || key.StartsWith("Tags", StringComparison.Ordinal)
        );
        Assert.Equal(
            ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            request
                .Where(each => each.Key.StartsWith("Capabilities", StringComparison.Ordinal))
                .Select(each => each.Value)
        );
        Assert.Equal("true", request["IncludeNestedStacks"]);
    }

    [Fact]
    public async Task Only_those_who_may_list_the_bucket_know_that_a_template_is_gone()
    {
        var (good, bad) = (world.Image("good"), world.Image("bad"));
        var shop = new NestedShop(world);
        shop.Deploy(good);
        shop.Deploy(bad);
        world.Aws.Buckets.Objects.Clear();
        // Without s3:ListBucket, S3 answers that access is denied if an object does not exist.
        world.Aws.Roles.Denied.Add("s3:ListBucket");

        var unknown = (await world.RollbackAsync("Shop")).Failed(FailureKind.CheckFailed);
        Grant();
        (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Contains("could not be looked up in its bucket: ", unknown.Out, StringComparison.Ordinal);
        Assert.Contains((Publish, "s3:GetObject"), world.Aws.Roles.Done);
        Assert.Equal(good, world.Running);
    }

    private void Grant()
    {
        world.Aws.Roles.Granted[$"arn:aws:iam::{RunningWorld.Account}:role/{Deploy}"] = OfDeployRole.ToHashSet(
            StringComparer.Ordinal
        );
        world.Aws.Roles.Granted[$"arn:aws:iam::{RunningWorld.Account}:role/{Publish}"] = OfPublishingRole.ToHashSet(
            StringComparer.Ordinal
        );
    }
}
