namespace Lading.Launching;

/// <summary>What <c>lading run</c> does about images that are not in the registry.</summary>
internal enum PublishMode
{
    /// <summary>It fails, and says how to publish them.</summary>
    Never,

    /// <summary>It builds and pushes them first, where the app is started to be deployed.</summary>
    Missing,
}
