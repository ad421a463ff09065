using System.Text.Json;
using Lading.Oci;
using Lading.Server.Ecr.Images;

namespace Lading.Server.Ecr.Lifecycle;

/// <summary>ecr:StartLifecyclePolicyPreview: of the policy in the request, otherwise the repository's own. It completes at once.</summary>
internal sealed class StartLifecyclePolicyPreviewOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var text =
            LifecycleText.Find(call.Input)
            ?? repository.Record.LifecyclePolicy
            ?? throw LifecycleAnswer.NotFound(repository);
        var images = await ImagesAsync(repository, cancellationToken).ConfigureAwait(false);
        var results = LifecycleText.Parse(text).Evaluate(images, call.Now);
        call.Registry.Previews[repository.Name] = new LifecyclePreview(text, results, call.Now);
        return json =>
        {
            LifecycleAnswer.Write(json, call, repository, text);
            json.WriteString("status", "IN_PROGRESS");
        };
    }

    private static async Task<IReadOnlyList<LifecycleImage>> ImagesAsync(
        ServedRepository repository,
        CancellationToken cancellationToken
    )
    {
        var held = await HeldImages.ReadAsync(repository, cancellationToken).ConfigureAwait(false);
        var referenced = new HashSet<Digest>();
        foreach (var index in held.All.Where(image => MediaTypes.IsIndex(image.MediaType)))
        {
            var manifest = await repository
                .Layout.FindManifestContentAsync(index.Digest, cancellationToken)
                .ConfigureAwait(false);
            referenced.UnionWith((manifest?.Children ?? []).Select(child => child.Digest));
        }

        return
        [
            .. held.All.Select(image => new LifecycleImage(
                image,
                repository.Layout.Blobs.FindTime(image.Digest) ?? repository.Record.CreatedAt,
                StorageClass.Of(repository.Record, image.Digest),
                referenced.Contains(image.Digest)
            )),
        ];
    }
}

/// <summary>The effects of a policy at one moment.</summary>
internal sealed record LifecyclePreview(string Text, IReadOnlyList<LifecycleResult> Results, DateTimeOffset At)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public string StatusAt(DateTimeOffset now) => now - At > Lifetime ? "EXPIRED" : "COMPLETE";
}
