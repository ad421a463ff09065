using Lading.Retention;
using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Model;

/// <summary>
/// A mistake that others have made, or that is easily made, in reading, deciding or acting. None of them is in the product: they
/// change what goes into its decision, what came out, or what the model does with that.
/// </summary>
/// <param name="Description">What is wrong.</param>
internal sealed record ModelBug(string Description)
{
    /// <summary>Everything is right.</summary>
    public static ModelBug None { get; } = new("none");

    /// <summary>A seed from which a few histories find it; from 1 on, it takes some hundreds for a rare coincidence.</summary>
    public int FirstSeed { get; init; } = 1;

    /// <summary>Whether it takes a coincidence that walks seldom meet: a test of its own brings it about.</summary>
    public bool IsRare { get; init; }

    /// <summary>What the reader does not read, and does not say so.</summary>
    public string? Unread { get; init; }

    /// <summary>A call that failed counts as one that found nothing.</summary>
    public bool TakesFailuresForNothing { get; init; }

    /// <summary>What becomes of a reference that was read: the image, the host as written, and the number of its form.</summary>
    public Func<UsedImage, string, int, UsedImage> Name { get; init; } = (image, _, _) => image;

    /// <summary>What becomes of the evidence before the decision.</summary>
    public Func<RetentionEvidence, RetentionEvidence> Evidence { get; init; } = evidence => evidence;

    /// <summary>What becomes of the policy before the decision.</summary>
    public Func<RetentionPolicy, RetentionPolicy> Policy { get; init; } = policy => policy;

    /// <summary>What becomes of a decision.</summary>
    public Func<ImageDecision, ImageDecision> Decision { get; init; } = decision => decision;

    /// <summary>Deletes by what was read for the plan.</summary>
    public bool DoesNotReadAgain { get; init; }

    /// <summary>Publishes a marked image as any other.</summary>
    public bool PublishesMarked { get; init; }

    /// <summary>Deploys a marked image that it did not publish as any other.</summary>
    public bool DeploysMarked { get; init; }

    /// <summary>Deletes by digest, whatever tags the image has by now.</summary>
    public bool DeletesByDigest { get; init; }

    /// <summary>Takes a mark off an image that came into use, instead of outranking it.</summary>
    public bool RemovesMarks { get; init; }

    /// <summary>Marks with one tag for all images of a day, and takes each image for marked that the tag ever pointed to.</summary>
    public bool SharesMarks { get; init; }

    /// <summary>Marks what is archived, which restores it.</summary>
    public bool MarksArchived { get; init; }

    /// <summary>Deletes what may go without a mark.</summary>
    public bool SkipsGrace { get; init; }
}
