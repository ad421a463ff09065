namespace Lading.Shipping;

/// <summary>How far copying an image is.</summary>
/// <param name="Bytes">Bytes done, whether sent, mounted or there already.</param>
/// <param name="TotalBytes">Bytes in all.</param>
/// <param name="Blobs">Blobs done.</param>
/// <param name="TotalBlobs">Blobs in all.</param>
internal sealed record CopyProgress(long Bytes, long TotalBytes, int Blobs, int TotalBlobs);
