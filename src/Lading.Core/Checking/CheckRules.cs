using Lading.Apps;
using Lading.Configuration;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Checking;

/// <summary>Judges an image by the evidence alone.</summary>
/// <param name="head">The images at HEAD.</param>
/// <param name="rolledBack">The images that stacks were rolled back from; null if they were not read.</param>
/// <param name="redeploys">Whether such images are accepted.</param>
internal sealed class CheckRules(HeadImages head, RolledBackImages? rolledBack = null, bool redeploys = false)
{
    /// <summary>All problems of an image, the worst first; a single positive finding if there are none.</summary>
    public IReadOnlyList<Finding> Of(CheckedImage image, ImageEvidence evidence)
    {
        if (image.IsAsset)
        {
            return [new Finding(CheckVerdict.Asset, "CDK builds and pushes it while it deploys")];
        }

        if (image.IsOfService)
        {
            return [new Finding(CheckVerdict.Ok, $"{image.Requirements.Service} has it")];
        }

        if (image.Address is not { } address)
        {
            return [new Finding(CheckVerdict.Unknown, image.Problem)];
        }

        var refused = image
            .Requirements.WhyRefused(image.Host, image.Region, evidence.Found?.MediaType, ManifestFor(image, evidence))
            .Select(reason => new Finding(CheckVerdict.Refused, reason))
            .ToList();
        if (evidence.Failure is { } failure)
        {
            return [.. refused, new Finding(CheckVerdict.Unknown, failure.CameBack)];
        }

        List<Finding> problems =
        [
            .. refused,
            .. CheckRegistry(image, address, evidence),
            .. CheckTag(image, address, evidence),
            .. CheckHead(image, address),
            .. CheckRollbacks(image),
        ];
        return problems.Count > 0 ? problems : [Pass(image, address, evidence)];
    }

    private IEnumerable<Finding> CheckRollbacks(CheckedImage image)
    {
        // An image that no template runs is not deployed, even if a stack was rolled back from it.
        if (
            image is { Image: { } name, Locked: { } locked, IsOlderThanLock: false, IsUnused: false }
            && rolledBack?.WhyNot(image.StackName, name, locked) is { } reason
        )
        {
            yield return new Finding(CheckVerdict.RolledBack, reason) { IsAccepted = redeploys };
        }
    }

    private static Digest? ManifestFor(CheckedImage image, ImageEvidence evidence) =>
        evidence
            .Manifests.Where(manifest => image.RunsOn is { } needed && manifest.Key.RunsOn(needed))
            .Select(manifest => (Digest?)manifest.Value)
            .FirstOrDefault();

    private Finding Pass(CheckedImage image, ImageAddress address, ImageEvidence evidence)
    {
        var note = DeletionNote(address, evidence);
        return image.Image is { } name && head.HoldOf(name) is { } hold
            ? new Finding(
                CheckVerdict.Held,
                $"held back at {ShortCommit.Of(hold.Revision)}: {hold.Reason}{(note.Length > 0 ? "; " : "")}{note}"
            )
            : new Finding(CheckVerdict.Ok, note);
    }

    /// <summary>
    /// The note that an image is marked for deletion; empty if it is not. It does not stop a deployment, which puts the
    /// image to use.
    /// </summary>
    private static string DeletionNote(ImageAddress address, ImageEvidence evidence) =>
        evidence.Found is { Tags: { } tags } found && DeletionMark.MarkedSince(found.Digest, tags) is { } since
            ? $"marked for deletion on {UtcText.Day(since)}: lading publish --env {address.Registry.Name} keeps it"
            : "";

    private static IEnumerable<Finding> CheckRegistry(CheckedImage image, ImageAddress address, ImageEvidence evidence)
    {
        if (evidence.Found is not { } found)
        {
            yield return new Finding(CheckVerdict.Missing, WhyMissing(image, address, evidence));
            yield break;
        }

        if (found.IsArchived)
        {
            yield return new Finding(
                CheckVerdict.Archived,
                evidence.Remedy is { } remedy ? $"restore it: {remedy}" : "restore it, or publish it again"
            );
        }
        else if (image.RunsOn is { } needed)
        {
            if (evidence.Platforms is not { } platforms)
            {
                yield return new Finding(CheckVerdict.Unknown, "its platforms could not be read");
            }
            else if (platforms.Count > 0 && !platforms.Any(platform => platform.RunsOn(needed)))
            {
                yield return new Finding(
                    CheckVerdict.Platform,
                    $"it is for {string.Join(", ", platforms)}, and the container runs on {needed}{Remedy(image)}"
                );
            }
        }
    }

    private static string Remedy(CheckedImage image) =>
        image.Image is { } name ? $": add it to \"platforms\" of {name} in lading.json" : "";

    private static string WhyMissing(CheckedImage image, ImageAddress address, ImageEvidence evidence)
    {
        var environment = address.Registry;
        if (image.Unmatched is { } stack)
        {
            return $"not in {address.Host ?? environment.Name}, and no environment of lading.json is {stack}: add one to \"environments\", then lading publish --env NAME";
        }

        if (address.Host is not null)
        {
            return "its registry has no such image, or none that these credentials may see";
        }

        if (environment.PromoteFrom is { } source && evidence.IsInOrigin)
        {
            return $"in {source}, not in {environment.Name}: lading promote {source} {environment.Name}";
        }

        var names = image.Image is { } name ? $" {name}" : "";
        return environment.PromoteFrom is { } from
            ? $"neither in {from} nor in {environment.Name}: lading publish{names} --env {from}, then lading promote {from} {environment.Name}"
            : $"not in {environment.Name}: lading publish{names} --env {environment.Name}";
    }

    private static IEnumerable<Finding> CheckTag(CheckedImage image, ImageAddress address, ImageEvidence evidence)
    {
        if (address.Digest is null && evidence.TagIsImmutable != true && !image.KeepsTag)
        {
            yield return image.MayMove
                ? new Finding(CheckVerdict.Mutable, "a tag that may move; \"check\" of lading.json accepts it")
                {
                    IsAccepted = true,
                }
                : new Finding(CheckVerdict.Mutable, WhyMutable(image, address, evidence));
        }

        if (image is { Locked: { } locked, IsOlderThanLock: false } && evidence.Found is not null)
        {
            var tag = CheckSubjects.SourceTagOf(locked).Name[..12];
            if (evidence.SourceTag is null)
            {
                yield return new Finding(
                    CheckVerdict.Moved,
                    $"its tag {tag}… is gone: lading publish {image.Image} --env {address.Registry.Name}"
                );
            }
            else if (evidence.SourceTag.Digest != locked.Digest)
            {
                yield return new Finding(
                    CheckVerdict.Moved,
                    $"its tag {tag}… names sha256:{evidence.SourceTag.Digest.Short}…: lading resolve --env {address.Registry.Name}, then synthesize again"
                );
            }
        }
    }

    private static string WhyMutable(CheckedImage image, ImageAddress address, ImageEvidence evidence) =>
        address.Host is not null
            ? $"a tag that moves: mirror it with a \"from\" image of lading.json, which pins it, or accept it: \"check\": {{ \"mutable\": {{ \"{image.Reference}\": \"warn\" }} }}"
        : evidence.TagIsImmutable is null
            ? "a tag of a registry that does not tell whether it may move; pin it by digest"
        : evidence.Remedy is { } remedy
            ? $"a tag that may move in this repository: pin it by digest, or make the tag immutable: {remedy}"
        : "a tag that may move in this repository; pin it by digest";

    private IEnumerable<Finding> CheckHead(CheckedImage image, ImageAddress address)
    {
        if (image is not { Image: { } name, Locked: { } locked })
        {
            yield break;
        }

        if (image.IsOlderThanLock)
        {
            yield return new Finding(CheckVerdict.Stale, "the template has another digest than the lock: cdk synth");
        }
        else if (head.Failure is { } failure)
        {
            yield return new Finding(CheckVerdict.Unknown, $"HEAD could not be read: {failure.CameBack}");
        }
        else if (DifferenceOf(name, locked, address.Registry) is { } difference)
        {
            yield return new Finding(CheckVerdict.Stale, difference);
        }
    }

    /// <summary>Why the lock's image does not match HEAD; null if it does.</summary>
    private string? DifferenceOf(string name, LockedImage locked, EnvironmentDefinition environment)
    {
        var identity = head.Images.GetValueOrDefault(name);
        return LockComparison.Of(locked, identity?.Fingerprint.Hex, isHeld: identity?.Hold is not null) switch
        {
            LockFreshness.Current => null,
            LockFreshness.NotDefined => "lading.json of HEAD has no such image",
            LockFreshness.NotHeld =>
                $"the lock has another image than {ShortCommit.Of(identity!.Hold!.Revision)}, at which it is held back: lading publish {name} --env {environment.Name}",
            _ => $"the lock does not match HEAD: lading publish {name} --env {environment.Name}",
        };
    }
}
