using Lading.Retention;
using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Model;

/// <summary>
/// A mistake that others have made, or that is easily made, in reading, deciding or acting. The product has none of
/// them: they change the input of its decision, the result, or what the model does with it.
/// </summary>
/// <param name="Description">What is wrong.</param>
internal sealed record ModelBug(string Description)
{
    /// <summary>No bug.</summary>
    public static ModelBug None { get; } = new("none");

    /// <summary>
    /// The seed from which to look for it; from 1 on, a rare coincidence takes some hundreds of histories.
    /// </summary>
    public int FirstSeed { get; init; } = 1;

    /// <summary>Whether only a coincidence that walks seldom meet reveals it: a test of its own sets that up.</summary>
    public bool IsRare { get; init; }

    /// <summary>What the reader silently leaves out.</summary>
    public string? Unread { get; init; }

    /// <summary>Whether a failed call counts as one that found nothing.</summary>
    public bool TakesFailuresForNothing { get; init; }

    /// <summary>
    /// Changes a reference that was read; given the image, the host as written, and the number of the form.
    /// </summary>
    public Func<UsedImage, string, int, UsedImage> Name { get; init; } = (image, _, _) => image;

    /// <summary>Changes the evidence before the decision.</summary>
    public Func<RetentionEvidence, RetentionEvidence> Evidence { get; init; } = evidence => evidence;

    /// <summary>Changes the policy before the decision.</summary>
    public Func<RetentionPolicy, RetentionPolicy> Policy { get; init; } = policy => policy;

    /// <summary>Changes a decision.</summary>
    public Func<ImageDecision, ImageDecision> Decision { get; init; } = decision => decision;

    /// <summary>Deletes by the evidence of the plan.</summary>
    public bool DoesNotReadAgain { get; init; }

    /// <summary>Publishes a marked image like any other.</summary>
    public bool PublishesMarked { get; init; }

    /// <summary>Deploys a marked image that it did not publish like any other.</summary>
    public bool DeploysMarked { get; init; }

    /// <summary>Deletes by digest, whatever tags the image has by then.</summary>
    public bool DeletesByDigest { get; init; }

    /// <summary>Removes the mark of an image that came into use, instead of outranking it.</summary>
    public bool RemovesMarks { get; init; }

    /// <summary>
    /// Uses one tag to mark all images of a day, and treats every image as marked that the tag ever pointed to.
    /// </summary>
    public bool SharesMarks { get; init; }

    /// <summary>Marks archived images, which restores them.</summary>
    public bool MarksArchived { get; init; }

    /// <summary>Deletes without marking first.</summary>
    public bool SkipsGrace { get; init; }
}
