namespace Lading.Shipping;

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
