using System.Collections.ObjectModel;
using Lading.Locks;
using Lading.Oci;
using Lading.Records;

namespace Lading.Apps;

/// <summary>Images that <c>lading rollback</c> replaced: deploying one of them again would undo the rollback.</summary>
/// <param name="records">What the stacks run.</param>
internal sealed class RolledBackImages(DeployedRecords records)
{
    /// <summary>No image was rolled back.</summary>
    public static RolledBackImages None { get; } = new(DeployedRecords.None);

    /// <summary>Why some rollbacks are unknown, as part of a sentence; null if all are known.</summary>
    public string? Unread => records.Unread;

    /// <summary>The stacks in which an image of a lock was rolled back, each with the sentence to report.</summary>
    public IReadOnlyDictionary<string, string> Of(string name, LockedImage locked)
    {
        var stacks = records
            .Stacks.Where(each => WasRolledBack(each.Value, locked))
            .ToDictionary(each => each.Key, each => Sentence(each.Key, name, locked), StringComparer.Ordinal);
        return stacks.Count == 0 ? ReadOnlyDictionary<string, string>.Empty : stacks;
    }

    /// <summary>Why an image should not be deployed to a stack, as part of a sentence; null if no rollback is known.</summary>
    /// <param name="stack">The stack's name in CloudFormation; null for any.</param>
    /// <param name="name">The image's name.</param>
    /// <param name="locked">The image to deploy.</param>
    public string? WhyNot(string? stack, string name, LockedImage locked) =>
        records
            .Stacks.Where(each => (stack is null || each.Key == stack) && WasRolledBack(each.Value, locked))
            .Select(each => $"{each.Key} was rolled back from it: {Remedies(name, locked)}")
            .FirstOrDefault();

    private static bool WasRolledBack(StackRecord record, LockedImage locked) =>
        record.Images.Values.Any(image =>
            image.RolledBackFrom.Count > 0
            && image.Reference.StartsWith($"{locked.Repository}@", StringComparison.Ordinal)
            && DigestsOf(locked).Any(digest => image.RolledBackFrom.Contains($"{digest}", StringComparer.Ordinal))
        );

    private static IEnumerable<Digest> DigestsOf(LockedImage locked) =>
        locked.Manifests is { } manifests ? manifests.Values.Prepend(locked.Digest) : [locked.Digest];

    private static string Sentence(string stack, string name, LockedImage locked) =>
        $"Stack {stack} was rolled back from image {name} (sha256:{locked.Digest.Short}…), which this would deploy again: {Remedies(name, locked)}.";

    private static string Remedies(string name, LockedImage locked) =>
        $"{(locked.Revision is { } revision ? $"git revert {revision[..Math.Min(7, revision.Length)]}, or " : "")}lading pin {name}@REVISION --reason \"…\" holds it back; lading deploy --redeploy deploys it all the same";
}
