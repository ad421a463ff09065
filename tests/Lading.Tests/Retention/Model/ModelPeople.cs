using System.Globalization;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Tests.Retention.Model;

/// <summary>What people do to images by hand.</summary>
internal sealed class ModelPeople(ModelWorld world, Random random, ModelTally tally)
{
    private int tags;

    public void PullOrTag()
    {
        var repository = Any(world.Repositories);
        if (world.AnyIn(random, repository) is not { } content)
        {
            return;
        }

        var number = (tags++).ToString(CultureInfo.InvariantCulture);
        switch (random.Next(4))
        {
            case 0:
                repository.Put(content, world.Now, "v" + number);
                tally.Count(ModelEvent.HandTag);
                break;
            case 1:
                // Somebody pushes an image without Lading.
                repository.Put(world.NewContent(), world.Now, "x" + number);
                tally.Count(ModelEvent.ForeignPush);
                break;
            case 2 when repository.Find(content)!.Tags.Count > 1:
                // Somebody removes a tag by hand.
                repository.RemoveTag(content.SourceTag);
                tally.Count(ModelEvent.TagRemoval);
                break;
            default:
                repository.Find(content)!.PulledAt = world.Now;
                tally.Count(ModelEvent.Pull);
                break;
        }
    }

    public void Sign()
    {
        var repository = Any(world.Repositories);
        if (world.AnyIn(random, repository) is { } content)
        {
            var tag = random.Next(2) == 0 ? null : $"sha256-{content.Digest.Hex}.sig";
            if (tag is null || repository.FindTag(tag) is null)
            {
                repository.Put(world.NewContent(subject: content), world.Now, tag);
                tally.Count(ModelEvent.Referrer);
            }
        }
    }

    /// <summary>Somebody archives an unused image.</summary>
    public void Archive()
    {
        var repository = Any(world.Repositories);
        if (
            world.AnyIn(random, repository) is { Children.Count: 0 } content
            && !world.InUse().Any(use => use.Repository == repository && use.Content.Whole.Contains(content))
        )
        {
            repository.Find(content)!.IsArchived = true;
            tally.Count(ModelEvent.Archiving);
        }
    }

    public void KeepByName()
    {
        if (world.AnyIn(random, Any(world.Repositories)) is { } content)
        {
            tally.Count(ModelEvent.KeepByName);
            var until = UtcDay.Of(world.Now).AddDays(random.Next(10));
            world.Policy = world.Policy with
            {
                Kept = [.. world.Policy.Kept, new KeptImage(Stored.Web, content.Digest, until, "audit")],
            };
        }
    }

    /// <summary>For some days, the policy of a registry admits another account, which runs one of its images.</summary>
    public void Invite()
    {
        var repository = Any(world.Repositories);
        world.Guest = world.AnyIn(random, repository) is { } content ? (repository, content) : null;
        tally.Count(ModelEvent.Invitation);
    }

    /// <summary>Somebody holds an image back, or releases it.</summary>
    public void HoldBack()
    {
        world.HeldBack = world.HeldBack is null ? world.AnyIn(random, world.Dev) : null;
        tally.Count(ModelEvent.HoldBack);
    }

    private T Any<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
