namespace Lading.Cdk;

/// <summary>How <see cref="NoMutableImages"/> reports images.</summary>
public sealed class NoMutableImagesProps
{
    /// <summary>True for warnings, which do not prevent a deployment; otherwise errors.</summary>
    public bool Warn { get; init; }

    /// <summary>True to allow CDK's image assets: their tags are hashes, in a repository with immutable tags.</summary>
    public bool AllowAssets { get; init; }
}
