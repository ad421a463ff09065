using Lading.Layout;

namespace Lading.Server.Ecr.Images;

/// <summary>The images that a request selects: by whether they have tags, and by storage class.</summary>
internal sealed record ImageFilter(string TagStatus, string ImageStatus)
{
    /// <summary>The member <c>filter</c> of a request: all active images by default.</summary>
    public static ImageFilter Read(EcrRequestBody input)
    {
        var filter = input.FindObject("filter");
        return new ImageFilter(
            filter?.FindChoice("tagStatus", "TAGGED", "UNTAGGED", "ANY") ?? "ANY",
            StorageClass.ReadFilter(filter, "imageStatus")
        );
    }

    public bool Passes(HeldImage image, RepositoryRecord record) =>
        (TagStatus == "ANY" || (TagStatus == "TAGGED") == image.Tags.Count > 0)
        && StorageClass.Of(record, image.Digest).Passes(ImageStatus);
}
