using Lading.Testing.Cloud;

namespace Lading.Tests.Retention.Gathering;

/// <summary>An account that may pull and was not asked holds what it may pull.</summary>
public sealed class HoldingForOthers : IDisposable
{
    private const string Other = "333333333333";

    private readonly RetentionWorld world = new();

    public HoldingForOthers()
    {
        world.Image('a');
        world.Image('b', "shop/worker");
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task An_account_that_may_not_pull_holds_nothing()
    {
        RetentionWorld.Deny(Ask(Other), "ecs:ListClusters");

        Assert.Empty((await world.RunAsync()).Holds);
    }

    [Fact]
    public async Task An_account_that_cannot_be_read_holds_what_it_may_pull()
    {
        RetentionWorld.Deny(Ask(Other), "ecs:ListClusters");
        Allow("shop/web", Other);

        var report = await world.RunAsync();

        var hold = Assert.Single(report.Holds);
        Assert.Equal(("shop/web", $"no access to ecs:ListClusters in {Other}"), (hold.Repository?.Value, hold.Reason));
        Assert.Empty(report.Repositories.Single(each => each.Repository.Name.Value == "shop/worker").Holds);
    }

    [Fact]
    public async Task An_account_that_may_pull_and_was_asked_holds_nothing()
    {
        Ask(Other);
        Allow("shop/web", Other);

        Assert.Empty((await world.RunAsync()).Holds);
    }

    [Fact]
    public async Task An_account_that_may_pull_and_was_not_asked_holds_what_it_may_pull()
    {
        Allow("shop/web", Other);

        var hold = Assert.Single((await world.RunAsync()).Holds);

        Assert.Equal(("shop/web", $"account {Other}"), (hold.Repository?.Value, hold.Subject));
        Assert.Contains($"--also {Other}/eu-central-1", hold.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_holds_its_repositories()
    {
        world.Aws.Ecr.Denied.Add("GetRepositoryPolicy");

        var report = await world.RunAsync();

        Assert.Equal(["shop/web", "shop/worker"], report.Holds.Select(hold => hold.Repository?.Value).Order());
    }

    [Fact]
    public async Task An_account_that_the_policy_of_the_registry_admits_holds_what_the_policy_names()
    {
        world.Aws.Ecr.Policy =
            $$"""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Other}}:root"},"Action":"ecr:BatchGetImage","Resource":"arn:aws:ecr:eu-central-1:222222222222:repository/shop/we*"}]}""";

        var hold = Assert.Single((await world.RunAsync()).Holds);

        Assert.Equal(("shop/web", $"account {Other}"), (hold.Repository?.Value, hold.Subject));
        Ask(Other);
        Assert.Empty((await world.RunAsync()).Holds);
    }

    [Fact]
    public async Task A_registry_of_another_account_is_held_until_that_account_is_asked_in_its_region()
    {
        var aws = world.Add(Other, RetentionWorld.Region);
        aws.Images[(RetentionWorld.Repository, RetentionWorld.Digest('a'))] = [RetentionWorld.Tag('a')];
        world.Environment = RetentionWorld.Of("prod", Other, RetentionWorld.Region) with
        {
            Registry = RetentionWorld.Account,
        };
        Ask(RetentionWorld.Account, "eu-west-1");

        var hold = Assert.Single((await world.RunAsync()).Holds);

        Assert.Contains("to that account alone", hold.Reason, StringComparison.Ordinal);
        Assert.Contains("--also 222222222222/eu-central-1", hold.Remedy, StringComparison.Ordinal);
        world.Also.Add(RetentionWorld.Of("owner", RetentionWorld.Account, RetentionWorld.Region));
        Assert.Empty((await world.RunAsync()).Holds);
    }

    [Fact]
    public async Task An_account_that_may_only_replicate_into_the_registry_holds_nothing()
    {
        world.Aws.Ecr.Policy =
            $$"""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"{{Other}}"},"Action":["ecr:ReplicateImage","ecr:CreateRepository"],"Resource":"*"}]}""";

        Assert.Empty((await world.RunAsync()).Holds);
    }

    [Fact]
    public async Task A_replica_in_an_account_that_was_not_asked_holds_what_is_replicated()
    {
        world.Aws.Ecr.Replicas.Add((Other, "eu-west-1"));

        var report = await world.RunAsync();

        Assert.Equal(2, report.Holds.Count);
        Assert.All(
            report.Holds,
            hold => Assert.Contains("replicated to 333333333333/eu-west-1", hold.Reason, StringComparison.Ordinal)
        );
    }

    private TestAws Ask(string account, string region = RetentionWorld.Region)
    {
        world.Also.Add(RetentionWorld.Of(account, account, region));
        return world.Add(account, region);
    }

    private void Allow(string repository, string account) =>
        world.Aws.Ecr.Policies[repository] =
            $$"""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{account}}:root"},"Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}""";
}
