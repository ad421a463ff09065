using Lading.Oci;
using Lading.Retention.Evidence;

namespace Lading.Retention.Deciding;

/// <summary>The images kept so far, the reasons, and the images that those keep in turn.</summary>
internal sealed class RetainedImages
{
    private readonly IReadOnlyList<ImageGraph> graphs;
    private readonly PromotionEdges promotions;
    private readonly List<KeepReason>?[][] reasons;
    private readonly State[][] states;
    private readonly Stack<GraphImage> pending = new();

    public RetainedImages(IReadOnlyList<ImageGraph> graphs, IReadOnlyList<PromotionPath> paths)
    {
        this.graphs = graphs;
        promotions = new PromotionEdges(graphs, paths);
        reasons = [.. graphs.Select(graph => new List<KeepReason>?[graph.Count])];
        states = [.. graphs.Select(graph => new State[graph.Count])];
    }

    [Flags]
    private enum State : byte
    {
        Free = 0,

        /// <summary>The image is kept, and so are its children and its referrers.</summary>
        Kept = 1,

        /// <summary>The indexes that contain the image, and its subject, are kept, too.</summary>
        Named = 2,

        /// <summary>The images that it keeps as <see cref="Kept"/> have been added.</summary>
        KeptSpread = 4,

        /// <summary>The images that it keeps as <see cref="Named"/> have been added.</summary>
        NamedSpread = 8,
    }

    public IEnumerable<GraphImage> All =>
        graphs.SelectMany((graph, g) => Enumerable.Range(0, graph.Count).Select(i => new GraphImage(g, i)));

    public ImageGraph GraphAt(int graph) => graphs[graph];

    public StoredImage ImageOf(GraphImage image) => graphs[image.Graph][image.Image];

    public bool IsKept(GraphImage image) => reasons[image.Graph][image.Image] is not null;

    /// <summary>Adds a reason to keep an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isNamed">Whether the indexes that contain it, and its subject, are kept, too.</param>
    public void Keep(GraphImage image, KeepReason reason, bool isNamed)
    {
        Add(image, reason);
        ref var state = ref states[image.Graph][image.Image];
        var after = state | State.Kept | (isNamed ? State.Named : State.Free);
        if (after != state)
        {
            state = after;
            pending.Push(image);
        }
    }

    /// <summary>Keeps all images of a repository, and their origins.</summary>
    public void Hold(int graph, KeepReason reason)
    {
        for (var image = 0; image < graphs[graph].Count; image++)
        {
            Add(new GraphImage(graph, image), reason);
            KeepOrigins(new GraphImage(graph, image), isNamed: false);
        }
    }

    /// <summary>Keeps what kept images need, transitively.</summary>
    public void Spread()
    {
        while (pending.TryPop(out var image))
        {
            ref var state = ref states[image.Graph][image.Image];
            var (keepsBelow, keepsAbove) = (
                !state.HasFlag(State.KeptSpread),
                state.HasFlag(State.Named) && !state.HasFlag(State.NamedSpread)
            );
            state |= State.KeptSpread | (keepsAbove ? State.NamedSpread : State.Free);
            if (keepsBelow)
            {
                KeepBelow(image);
                KeepOrigins(image, isNamed: false);
            }

            if (keepsAbove)
            {
                KeepAbove(image);
                KeepOrigins(image, isNamed: true);
            }
        }
    }

    /// <summary>The decision for each image of a repository, in its order.</summary>
    public IReadOnlyList<ImageDecision> DecisionsOf(int graph)
    {
        // Most images of a repository are kept for one reason, and many for the same one.
        var alone = new Dictionary<KeepReason, IReadOnlyList<KeepReason>>(ReferenceEqualityComparer.Instance);
        return new DecidedImages(graphs[graph].Repository.Images, Array.ConvertAll(reasons[graph], Sorted));

        IReadOnlyList<KeepReason>? Sorted(List<KeepReason>? found)
        {
            if (found is not [var reason])
            {
                // OrderBy is stable: of equal rank, the first stays first.
                return found is null ? null : [.. found.OrderBy(each => each.Rank)];
            }

            if (!alone.TryGetValue(reason, out var list))
            {
                alone[reason] = list = [reason];
            }

            return list;
        }
    }

    private void KeepBelow(GraphImage image)
    {
        var graph = graphs[image.Graph];
        foreach (var child in graph.ChildrenOf(image.Image))
        {
            Keep(image with { Image = child }, Reason.Child(graph[image.Image], graph[child].Digest), isNamed: false);
        }

        foreach (var referrer in graph.ReferrersOf(image.Image))
        {
            Keep(image with { Image = referrer }, Reason.Referrer(graph[image.Image].Digest), isNamed: false);
        }
    }

    private void KeepAbove(GraphImage image)
    {
        var graph = graphs[image.Graph];
        var digest = graph[image.Image].Digest;
        foreach (var parent in graph.ParentsOf(image.Image))
        {
            Keep(image with { Image = parent }, Reason.Index(digest), isNamed: true);
        }

        foreach (var subject in graph.SubjectsOf(image.Image))
        {
            Keep(image with { Image = subject }, Reason.Subject(digest), isNamed: true);
        }
    }

    private void KeepOrigins(GraphImage image, bool isNamed)
    {
        foreach (var (origin, target) in promotions.OriginsOf(image))
        {
            Keep(origin, Reason.Promoted(target), isNamed);
        }
    }

    private void Add(GraphImage image, KeepReason reason)
    {
        var known = reasons[image.Graph][image.Image] ??= new List<KeepReason>(1);
        foreach (var existing in known)
        {
            if (existing.Rule == reason.Rule && existing.Use?.Kind == reason.Use?.Kind && existing.Text == reason.Text)
            {
                return;
            }
        }

        known.Add(reason);
    }

    /// <summary>The reasons to keep an image for the sake of another.</summary>
    private static class Reason
    {
        public static KeepReason Child(StoredImage index, Digest child)
        {
            var platform = index.Children!.FirstOrDefault(each => each.Digest == child)?.Platform;
            var suffix = platform is null || platform.Os == "unknown" ? "" : $" for {platform}";
            return new(KeepRule.Graph, $"child of {index.Digest.Short}{suffix}");
        }

        public static KeepReason Index(Digest child) =>
            new(KeepRule.Graph, $"index that names {child.Short}, which is kept");

        public static KeepReason Referrer(Digest subject) =>
            new(KeepRule.Graph, $"about {subject.Short}, which is kept");

        public static KeepReason Subject(Digest referrer) =>
            new(KeepRule.Graph, $"what {referrer.Short} is about, which is kept");

        public static KeepReason Promoted(string target) =>
            new(KeepRule.Promotion, $"promoted to {target}, which keeps it");
    }
}
