using System.Text.Json;

namespace Lading.Server.Ecr.Images;

/// <summary>ecr:DescribeImageScanFindings: nothing is ever scanned here.</summary>
internal sealed class DescribeImageScanFindingsOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var held = await HeldImages.ReadAsync(repository, cancellationToken).ConfigureAwait(false);
        var id = ImageId.Read(call.Input.Object("imageId"));
        _ = id.GetFrom(held, repository);
        throw new EcrException(
            "ScanNotFoundException",
            $"Image scan does not exist for the image with imageId {id} in the repository with name '{repository.Name}' in the registry with id '{repository.Account}'"
        );
    }
}
