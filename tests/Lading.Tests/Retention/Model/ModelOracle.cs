using Lading.Retention;

namespace Lading.Tests.Retention.Model;

/// <summary>Holds plans and deletions against what the world knows.</summary>
internal static class ModelOracle
{
    /// <summary>Nothing that is in use, or that such an image needs, may be planned to go: and nothing that is about it.</summary>
    public static void Check(ModelWorld world, RetentionPlan plan)
    {
        foreach (var decided in plan.Repositories)
        {
            var repository = world.Repositories.First(each => each.Host == decided.Repository.Host);
            foreach (var decision in decided.Images.Where(decision => !decision.IsKept))
            {
                var content = repository.Find(decision.Image.Digest)!.Content;
                Check(world, repository, content, withLocks: false);
                if (content.Subject is { } subject)
                {
                    Check(world, repository, subject, withLocks: false);
                }
            }
        }
    }

    /// <summary>Nothing that is in use, or that such an image needs, may have gone.</summary>
    public static void Check(ModelWorld world, ModelRepository repository, Content gone, bool withLocks = true)
    {
        foreach (var (place, content, why) in world.InUse(withLocks))
        {
            if (place == repository && content.Whole.Contains(gone))
            {
                throw new UnsafeActException($"{gone.Id} in {repository.Host}: {why}");
            }
        }
    }
}

/// <summary>Something was deleted, or planned to be, that must not.</summary>
internal sealed class UnsafeActException(string message) : Exception(message);
