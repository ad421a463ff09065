using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>Finds images that were published under older rules from the inputs that the newest rules find.</summary>
internal static class AdoptionSurvey
{
    /// <summary>
    /// Adopts images that the target has under an older identity, if their statements show the same inputs.
    /// </summary>
    /// <returns>The plan with adopted images, and the reason for each that is rebuilt.</returns>
    public static async Task<ShippingPlan> CompleteAsync(
        IImageRegistry target,
        ShippingPlan plan,
        CancellationToken cancellationToken
    ) =>
        plan with
        {
            Images = await Task.WhenAll(
                    plan.Images.Select(image =>
                        image is { Action: ShippingAction.Build, Earlier: { } earlier }
                            ? DecideAsync(target, image, earlier, cancellationToken)
                            : Task.FromResult(image)
                    )
                )
                .ConfigureAwait(false),
        };

    private static async Task<PlannedImage> DecideAsync(
        IImageRegistry target,
        PlannedImage image,
        FoundImage earlier,
        CancellationToken cancellationToken
    )
    {
        var repository = target.Open(image.Repository);
        ImageProvenance? statement;
        try
        {
            statement = await StatementArtifact
                .FindAsync(repository, earlier.Digest, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LadingException unreadable)
        {
            return Rebuilt(image, $"its statement could not be read ({unreadable.CameBack.TrimEnd('.')})");
        }

        var inputs = ImageProvenance.Of(await image.Image.WithFilesAsync(cancellationToken).ConfigureAwait(false));
        if (statement is null)
        {
            return Rebuilt(image, "it carries no statement of what it was made from");
        }

        if (ProvenanceComparison.FindDifference(statement, inputs) is { } difference)
        {
            return Rebuilt(image, difference);
        }

        var tags =
            earlier.Tags
            ?? await target.FindTagsOfAsync(image.Repository, earlier.Digest, cancellationToken).ConfigureAwait(false);
        return image with
        {
            Action = ShippingAction.Adopt,
            Digest = earlier.Digest,
            Parts = [],
            Adopted = new AdoptedImage(
                earlier.Digest,
                RevisionTag.RevisionAmong(tags),
                inputs with
                {
                    Bases = statement.Bases,
                }
            ),
            Note = $"published as {image.Image.Earlier!.Value.SourceTag} from the same inputs: adopted, not built",
        };
    }

    private static PlannedImage Rebuilt(PlannedImage image, string reason) =>
        image with
        {
            Note = $"rebuilt rather than adopted from {image.Image.Earlier!.Value.SourceTag}: {reason}",
        };
}
