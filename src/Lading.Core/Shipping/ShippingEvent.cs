namespace Lading.Shipping;

/// <summary>A step in publishing one image, for progress reports.</summary>
/// <param name="Image">Its name.</param>
/// <param name="Stage">The current stage.</param>
internal sealed record ShippingEvent(string Image, ShippingStage Stage)
{
    /// <summary>The current step or command in a few words.</summary>
    public string? Text { get; init; }

    /// <summary>The container engine; null if none is used.</summary>
    public string? Engine { get; init; }

    /// <summary>A line of an engine's or command's output.</summary>
    public string? Output { get; init; }

    /// <summary>A note for the user.</summary>
    public string? Note { get; init; }

    /// <summary>The completed part of <see cref="Total"/>: steps while building, bytes while pushing.</summary>
    public long Done { get; init; }

    /// <summary>0 if it is unknown.</summary>
    public long Total { get; init; }

    /// <summary>Completed layers while pushing.</summary>
    public int Blobs { get; init; }

    /// <summary>All layers while pushing.</summary>
    public int TotalBlobs { get; init; }
}

/// <summary>The stage of an image.</summary>
internal enum ShippingStage
{
    /// <summary>Its inputs are being prepared.</summary>
    Preparing,

    /// <summary>An engine is building it, or its command is running.</summary>
    Building,

    /// <summary>It is being copied from another registry.</summary>
    Copying,

    /// <summary>Its blobs are being sent.</summary>
    Pushing,

    /// <summary>It is in the registry under its tags.</summary>
    Done,
}
