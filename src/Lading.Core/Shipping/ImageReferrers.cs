using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>What refers to an image that is published: what others said of it where it is copied, and what it was made from where it is new.</summary>
internal static class ImageReferrers
{
    /// <summary>Brings them to an image that is there, and has no tag yet.</summary>
    /// <exception cref="LadingException">One of them could not be read or stored.</exception>
    public static async Task PutAsync(
        PlannedImage image,
        ProducedImage produced,
        ManifestContent manifest,
        IImageRepository goal,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (image.Action == ShippingAction.Copy)
            {
                await new ReferrerCopy(produced.Repository, goal)
                    .RunAsync(manifest, cancellationToken)
                    .ConfigureAwait(false);
            }

            if (produced.Inputs is { } inputs)
            {
                await StatementArtifact
                    .PutAsync(goal, image.Repository, manifest.Descriptor, inputs, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (LadingException failure)
        {
            throw new LadingException(
                $"Could not publish what refers to image {image.Name}",
                failure.Message,
                "It has no tag yet: publish again. If the registry does not accept such artifacts, use --no-referrers.",
                innerException: failure
            );
        }
    }
}
