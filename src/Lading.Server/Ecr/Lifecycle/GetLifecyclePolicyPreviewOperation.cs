using System.Text.Json;
using Lading.Server.Ecr.Images;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>ecr:GetLifecyclePolicyPreview.</summary>
internal sealed class GetLifecyclePolicyPreviewOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        if (!call.Registry.Previews.TryGetValue(repository.Name, out var preview))
        {
            throw new EcrException(
                "LifecyclePolicyPreviewNotFoundException",
                $"Lifecycle policy preview does not exist for the repository with name '{repository.Name}' in the registry with id '{call.Account}'"
            );
        }

        var tagStatus = call.Input.FindObject("filter")?.FindChoice("tagStatus", "TAGGED", "UNTAGGED", "ANY") ?? "ANY";
        var ids = ImageId.ReadList(call.Input);
        var page = EcrPage<LifecycleResult>.Of(
            call.Input,
            preview.Results.Where(result =>
                (tagStatus == "ANY" || (tagStatus == "TAGGED") == result.Image.Tags.Count > 0)
                && ids?.Any(id => Names(id, result)) != false
            ),
            result => result.Image.Image.Digest.ToString(),
            100,
            100
        );
        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            LifecycleAnswer.Write(json, call, repository, preview.Text);
            json.WriteString("status", preview.StatusAt(call.Now));
            json.WriteList("previewResults", page.Items, result => result.Write(json));
            json.WriteOptional("nextToken", page.Next);
            WriteSummary(json, preview);
        });
    }

    private static bool Names(ImageId id, LifecycleResult result) =>
        (id.Digest is null || id.Digest == result.Image.Image.Digest.ToString())
        && (id.Tag is null || result.Image.Tags.Any(tag => tag.Name == id.Tag));

    private static void WriteSummary(Utf8JsonWriter json, LifecyclePreview preview)
    {
        var transitions = preview.Results.Count(result => result.Rule.Transitions);
        json.WriteStartObject("summary");
        json.WriteNumber("expiringImageTotalCount", preview.Results.Count - transitions);
        if (transitions > 0)
        {
            json.WriteStartArray("transitioningImageTotalCounts");
            json.WriteStartObject();
            json.WriteString("targetStorageClass", "ARCHIVE");
            json.WriteNumber("imageTotalCount", transitions);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
