using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>Publishes what refers to an image: others' referrers of a copied image, and the statement of a new one.</summary>
internal static class ImageReferrers
{
    /// <summary>Stores them for an image that exists, and has no tag yet.</summary>
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
