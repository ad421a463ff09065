using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Ecr.Images;

/// <summary>ecr:ListImageReferrers: the referrers of an image, such as its signatures.</summary>
internal sealed class ListImageReferrersOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var repository = call.Repository();
        var text = call.Input.Object("subjectId").Text("imageDigest");
        if (!Digest.TryParse(text, out var subject))
        {
            throw EcrException.Invalid(
                "subjectId.imageDigest",
                "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"
            );
        }

        var filter = call.Input.FindObject("filter");
        var types = filter?.FindTexts("artifactTypes");
        var status = StorageClass.ReadFilter(filter, "artifactStatus");
        var referrers = await repository.Layout.ListReferrersAsync(subject, cancellationToken).ConfigureAwait(false);
        var page = EcrPage<Descriptor>.Of(
            call.Input,
            referrers.Where(referrer =>
                (types is null || types.Contains(referrer.ArtifactType ?? "", StringComparer.Ordinal))
                && StorageClass.Of(repository.Record, referrer.Digest).Passes(status)
            ),
            referrer => referrer.Digest.ToString(),
            20,
            50
        );
        return json =>
        {
            json.WriteList("referrers", page.Items, referrer => Write(json, repository, referrer));
            json.WriteOptional("nextToken", page.Next);
        };
    }

    private static void Write(Utf8JsonWriter json, ServedRepository repository, Descriptor referrer)
    {
        json.WriteStartObject();
        json.WriteString("digest", referrer.Digest.ToString());
        json.WriteString("mediaType", referrer.MediaType);
        json.WriteOptional("artifactType", referrer.ArtifactType);
        json.WriteNumber("size", referrer.Size);
        json.WriteStartObject("annotations");
        foreach (var (key, value) in referrer.Annotations ?? new Dictionary<string, string>())
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteString("artifactStatus", StorageClass.Of(repository.Record, referrer.Digest).Status);
        json.WriteEndObject();
    }
}
