using Lading.Retention.Deciding;
using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>Decides what is kept, and why, from evidence alone: without a call, a file or a clock.</summary>
internal static class RetentionRules
{
    /// <summary>Decides on every image of every repository. Where something is unknown, the image is kept.</summary>
    /// <param name="evidence">The evidence. Ages are relative to its time.</param>
    /// <param name="policy">What is kept in addition to images in use.</param>
    public static RetentionPlan Decide(RetentionEvidence evidence, RetentionPolicy policy)
    {
        var wanted = new WantedImages(
            evidence.Repositories.Select(repository => repository.Name),
            evidence.Uses.Concat(LastReleases.Of(evidence, policy)).Concat(KeptByName.Of(evidence.ReadAt, policy))
        );
        var stops = evidence.Holds.Where(hold => hold.ConcernsAll).ToList();
        var plans = new RepositoryPlan[evidence.Repositories.Count];
        // Images depend on others of their repository, and of the repository of the same name that they were promoted to. Results for
        // one name are dropped before the next: registries have hundreds of thousands of images.
        foreach (var name in Enumerable.Range(0, plans.Length).ToLookup(i => evidence.Repositories[i].Name))
        {
            var numbers = name.ToList();
            var graphs = numbers.ConvertAll(i => new ImageGraph(evidence.Repositories[i]));
            var decided = Decide(graphs, wanted.Of(name.Key), stops, evidence, policy);
            for (var i = 0; i < numbers.Count; i++)
            {
                plans[numbers[i]] = decided[i];
            }
        }

        return new RetentionPlan(plans) { Stops = stops };
    }

    private static RepositoryPlan[] Decide(
        IReadOnlyList<ImageGraph> graphs,
        IReadOnlyList<KeepReason> wanted,
        IReadOnlyList<RepositoryHold> stops,
        RetentionEvidence evidence,
        RetentionPolicy policy
    )
    {
        var kept = new RetainedImages(graphs, evidence.Promotions);
        KeepWanted(kept, new NamedImages(graphs), wanted);
        for (var graph = 0; graph < graphs.Count; graph++)
        {
            AgeRules.Keep(kept, graph, evidence.ReadAt, policy);
        }

        kept.Spread();
        for (var graph = 0; graph < graphs.Count; graph++)
        {
            UnownedImages.Keep(kept, graph, policy);
        }

        kept.Spread();
        KeepArchived(kept);
        var holds = HeldRepositories.Of(graphs, evidence, policy);
        for (var graph = 0; graph < graphs.Count; graph++)
        {
            foreach (var hold in holds[graph].Holds.Concat(stops))
            {
                kept.Hold(graph, new KeepReason(KeepRule.Hold, hold.Reason));
            }
        }

        kept.Spread();
        return [.. graphs.Select((graph, i) => Plan(graph, kept.DecisionsOf(i), holds[i]))];
    }

    private static void KeepWanted(RetainedImages kept, NamedImages names, IReadOnlyList<KeepReason> wanted)
    {
        foreach (var reason in wanted)
        {
            foreach (var image in names.Find(reason.Use!.Image))
            {
                kept.Keep(image, reason, isNamed: true);
            }
        }
    }

    /// <summary>A mark would restore an archived image, and nothing is deleted unmarked. An image that stays needs its children.</summary>
    private static void KeepArchived(RetainedImages kept)
    {
        var reason = new KeepReason(KeepRule.Archived, "archived already");
        foreach (var image in kept.All.Where(image => !kept.IsKept(image) && kept.ImageOf(image).IsArchived))
        {
            kept.Keep(image, reason, isNamed: false);
        }

        kept.Spread();
    }

    private static RepositoryPlan Plan(ImageGraph graph, IReadOnlyList<ImageDecision> decisions, HeldRepository held) =>
        new(graph.Repository, decisions, held.Holds, FreedBytes.Of(decisions))
        {
            FreedAtMost = FreedBytes.AtMost(decisions),
            Excepted = held.Excepted,
        };
}
