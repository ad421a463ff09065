using Constructs;
using Lading.Cdk.Synthesis;

namespace Lading.Cdk;

/// <summary>Settings for every <see cref="LadingImage"/> of an app.</summary>
public static class LadingImages
{
    /// <summary>
    /// Renders one constant digest for every image of the app: for snapshot tests, whose templates then change with the infrastructure
    /// and not with each published image. Needs no lock and no git. The same as context <c>lading:fixed</c>.
    /// </summary>
    /// <param name="scope">The app, or any construct in it. Call it before the containers are created.</param>
    public static void UseFixedDigests(IConstruct scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        AppImages.Of(scope.Node.Root).IsFixed = true;
    }
}
