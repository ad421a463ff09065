using Lading.Testing;

namespace Lading.Tests.Retention.Acting;

/// <summary>
/// The policy in docs/iam.md for <c>prune --apply</c> allows every call that it makes, and nothing else.
/// </summary>
public sealed class AllowingADeletion
{
    /// <summary>Not called here: the login of the publish is still valid, for 12 hours in all.</summary>
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

        // Marks the image, keeps it again, marks it again, removes it.
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
        // Only the login is not limited to repositories.
        Assert.Equal([Login], allowed.Where(one => one.Value == "*").Select(one => one.Key));
    }
}
