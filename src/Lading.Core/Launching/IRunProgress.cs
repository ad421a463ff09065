using Lading.Shipping;

namespace Lading.Launching;

/// <summary>Is told what comes before the start of an app.</summary>
internal interface IRunProgress
{
    /// <summary>Images are to be published: runs the publication, and may show its steps.</summary>
    Task<PublishOutcome> PublishAsync(
        Publication publication,
        PublishRequest request,
        CancellationToken cancellationToken
    );

    /// <summary>The app gets no images, for a reason.</summary>
    void NoImages(string reason);

    /// <summary>Uncommitted inputs of images are not in those that the app gets.</summary>
    void Uncommitted(IReadOnlyList<string> images);
}
