namespace Lading.Server.Ecr.Lifecycle;

/// <summary>A lifecycle policy: which images would expire or be archived. It is only previewed here, never applied.</summary>
/// <param name="Rules">In the order of their priority.</param>
internal sealed record LifecyclePolicy(IReadOnlyList<LifecycleRule> Rules)
{
    /// <summary>
    /// Returns the effects of the rules. An image that a rule selects by its tags is not considered by rules of a lower
    /// priority; rules count images of higher rules too (ECR user guide, "How lifecycle policies work").
    /// </summary>
    public IReadOnlyList<LifecycleResult> Evaluate(IReadOnlyList<LifecycleImage> images, DateTimeOffset now)
    {
        var taken = new HashSet<LifecycleImage>();
        var results = new List<LifecycleResult>();
        foreach (var rule in Rules)
        {
            var selected = images
                .Where(image => image.Storage.IsArchived == rule.Archived && rule.Selects(image))
                .ToList();
            results.AddRange(
                rule.Due(selected, now)
                    .Where(image => !image.IsReferenced && !taken.Contains(image))
                    .Select(image => new LifecycleResult(image, rule))
            );
            taken.UnionWith(selected);
        }

        return results;
    }
}
