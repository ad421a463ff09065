using Lading.Testing;

namespace Lading.Tests.Retention.Acting;

/// <summary>The policy of docs/iam.md for <c>prune --apply</c> allows what it calls, and nothing else.</summary>
public sealed class AllowingADeletion
{
    /// <summary>The publish needed it too, and it holds for half a day.</summary>
    private const string Login = "ecr:GetAuthorizationToken";

    private const string Deletes = "ecr:BatchDeleteImage";
    private const string Archives = "ecr:UpdateImageStorageClass";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_policy_allows_every_call_and_nothing_else(bool archives)
    {
        using var shop = await PublishedShop.CreateAsync();
        await using var world = await PrunedWorld.StartAsync();
        var digest = await shop.PublishLongAgoAsync(world);
        world.Actions.Clear();

        // Marks, keeps again, marks again, removes.
        await world.PruneAsync(archives: archives);
        world.Used.Add(digest);
        await world.PruneAsync(archives: archives);
        world.Used.Clear();
        world.Time.Advance(PublishedShop.LongAgo);
        await world.PruneAsync(archives: archives);
        world.Time.Advance(TimeSpan.FromDays(7));
        Assert.Contains(digest, (await world.PruneAsync(archives: archives)).Removed.Select(one => one.Digest));

        var allowed = DocumentedPolicies.Under("`prune --apply`");
        Assert.Equal(
            allowed
                .Keys.Where(action => action != Login)
                .Select(action => archives && action == Deletes ? Archives : action)
                .Order(StringComparer.Ordinal),
            world.Actions.All
        );
        // Only a login is not of a repository.
        Assert.Equal([Login], allowed.Where(one => one.Value == "*").Select(one => one.Key));
    }
}
