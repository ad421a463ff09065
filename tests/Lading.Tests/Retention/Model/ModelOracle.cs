using Lading.Retention;

namespace Lading.Tests.Retention.Model;

/// <summary>Checks plans and deletions against what the world knows.</summary>
internal static class ModelOracle
{
    /// <summary>A plan must not delete what is in use, what that needs, or what refers to either.</summary>
    public static void Check(ModelWorld world, RetentionPlan plan)
    {
        var needed = new NeededContents(world, withLocks: false);
        foreach (var decided in plan.Repositories)
        {
            var repository = world.RepositoryAt(decided.Repository.Host);
            foreach (var decision in decided.Images)
            {
                if (decision.IsKept)
                {
                    continue;
                }

                // A plan made earlier may name images that are gone.
                if (repository.Find(decision.Image.Digest) is not { Content: var content })
                {
                    continue;
                }

                Check(world, needed, repository, content);
                if (content.Subject is { } subject)
                {
                    Check(world, needed, repository, subject);
                }
            }
        }
    }

    /// <summary>What is in use, or needed by that, must not have been deleted.</summary>
    public static void Check(ModelWorld world, ModelRepository repository, Content gone) =>
        Check(world, new NeededContents(world, withLocks: true), repository, gone);

    private static void Check(ModelWorld world, NeededContents needed, ModelRepository repository, Content gone)
    {
        if (!needed.Has(repository, gone))
        {
            return;
        }

        var use = world
            .InUse(needed.WithLocks)
            .First(use => use.Repository == repository && use.Content.Whole.Contains(gone));
        throw new UnsafeActException($"{gone.Id} in {repository.Host}: {use}");
    }

    /// <summary>All that is in use at a moment, and all that it needs, by repository and number.</summary>
    private sealed class NeededContents
    {
        private readonly ModelWorld world;
        private readonly ulong[] bits = new ulong[2 * Content.Most / 64];

        public NeededContents(ModelWorld world, bool withLocks)
        {
            this.world = world;
            WithLocks = withLocks;
            foreach (var use in world.InUse(withLocks))
            {
                foreach (var content in use.Content.Whole)
                {
                    var at = PlaceOf(use.Repository, content);
                    bits[at / 64] |= 1UL << (at % 64);
                }
            }
        }

        /// <summary>Whether locks count. Nobody can see them: what they name may be marked, but not deleted.</summary>
        public bool WithLocks { get; }

        public bool Has(ModelRepository repository, Content content)
        {
            var at = PlaceOf(repository, content);
            return (bits[at / 64] & (1UL << (at % 64))) != 0;
        }

        private int PlaceOf(ModelRepository repository, Content content) =>
            content.Id + (repository == world.Dev ? 0 : Content.Most);
    }
}

/// <summary>Something was deleted, or planned for deletion, that must stay.</summary>
internal sealed class UnsafeActException(string message) : Exception(message);
