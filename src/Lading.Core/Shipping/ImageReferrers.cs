using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>
/// Publishes the referrers of an image: the existing ones of a copied image, and the statement of a new one.
/// </summary>
internal static class ImageReferrers
{
    /// <summary>Stores the referrers of an image that is stored, and has no tag yet.</summary>
    /// <exception cref="LadingException">A referrer could not be read or stored.</exception>
    public static async Task PutAsync(
        PlannedImage image,
        ProducedImage produced,
        ManifestContent manifest,
        IImageRepository destination,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (image.Action == ShippingAction.Copy)
            {
                await new ReferrerCopy(produced.Repository, destination)
                    .RunAsync(manifest, cancellationToken)
                    .ConfigureAwait(false);
            }

            if (produced.Inputs is { } inputs)
            {
                await StatementArtifact
                    .PutAsync(destination, image.Repository, manifest.Descriptor, inputs, cancellationToken)
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
