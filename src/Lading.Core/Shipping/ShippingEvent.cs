namespace Lading.Shipping;

/// <summary>Something that happened to an image on its way, for whoever shows progress.</summary>
/// <param name="Image">Its name.</param>
/// <param name="Stage">What is being done.</param>
internal sealed record ShippingEvent(string Image, ShippingStage Stage)
{
    /// <summary>What is being done in a few words: the step, the command.</summary>
    public string? Text { get; init; }

    /// <summary>The container engine that builds; null if none does.</summary>
    public string? Engine { get; init; }

    /// <summary>A line that an engine or command wrote.</summary>
    public string? Output { get; init; }

    /// <summary>Something the user should know though it is not a failure.</summary>
    public string? Note { get; init; }

    /// <summary>How much is done, of <see cref="Total"/>: steps while building, bytes while pushing.</summary>
    public long Done { get; init; }

    /// <summary>0 if it is not known.</summary>
    public long Total { get; init; }

    /// <summary>Layers done while pushing.</summary>
    public int Blobs { get; init; }

    /// <summary>Layers in all while pushing.</summary>
    public int TotalBlobs { get; init; }
}

/// <summary>What is being done for an image.</summary>
internal enum ShippingStage
{
    /// <summary>Its inputs are written into a clean folder.</summary>
    Preparing,

    /// <summary>An engine builds it, or its command runs.</summary>
    Building,

    /// <summary>It is copied from another registry.</summary>
    Copying,

    /// <summary>Its blobs are sent.</summary>
    Pushing,

    /// <summary>It is in the registry under its tags.</summary>
    Done,
}
