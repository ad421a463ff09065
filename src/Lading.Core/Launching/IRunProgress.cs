using Lading.Shipping;

namespace Lading.Launching;

/// <summary>Is told what comes before the start of an app.</summary>
internal interface IRunProgress
{
    /// <summary>Images are published now: what is told of them.</summary>
    IPublishProgress BeginPublishing();

    /// <summary>The app gets no images, for a reason.</summary>
    void NoImages(string reason);

    /// <summary>Uncommitted inputs of images are not in those that the app gets.</summary>
    void Uncommitted(IReadOnlyList<string> images);
}
