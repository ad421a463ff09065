namespace Lading.Registry;

/// <summary>What opening an upload came to.</summary>
/// <param name="Location">Where the bytes go; null if none are needed, or none are taken.</param>
internal sealed record UploadSession(Uri? Location)
{
    /// <summary>The blob was mounted.</summary>
    public static UploadSession Mounted { get; } = new((Uri?)null);

    /// <summary>The registry does not mount: open an upload without it.</summary>
    public static UploadSession Refused { get; } = new((Uri?)null);

    public bool IsMounted => ReferenceEquals(this, Mounted);

    public bool IsRefused => ReferenceEquals(this, Refused);
}
