using Lading.Shipping;

namespace Lading.Launching;

/// <summary>Receives the steps before an app starts.</summary>
internal interface IRunProgress
{
    /// <summary>Publishing starts; returns the receiver of its steps.</summary>
    IPublishProgress BeginPublishing();

    /// <summary>The app gets no images, for a reason.</summary>
    void NoImages(string reason);

    /// <summary>Uncommitted inputs are not part of the app's images.</summary>
    void Uncommitted(IReadOnlyList<string> images);
}
