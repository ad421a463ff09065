namespace Lading.Cdk;

/// <summary>What <see cref="NoMutableImages"/> does about what it finds.</summary>
public sealed class NoMutableImagesProps
{
    /// <summary>True for warnings, which deploy all the same; otherwise errors.</summary>
    public bool Warn { get; init; }

    /// <summary>True to let CDK's image assets pass: their tags are hashes, in a repository that keeps tags immutable.</summary>
    public bool AllowAssets { get; init; }
}
