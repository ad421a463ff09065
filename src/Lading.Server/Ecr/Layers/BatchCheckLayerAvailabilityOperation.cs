using System.Text.Json;
using Lading.Oci;

namespace Lading.Server.Ecr.Layers;

/// <summary>ecr:BatchCheckLayerAvailability: which layers a repository has, so that only the others are sent.</summary>
internal sealed class BatchCheckLayerAvailabilityOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var blobs = call.Repository().Layout.Blobs;
        var texts = call.Input.FindTexts("layerDigests", 1, 100) ?? throw call.Input.Missing("layerDigests");
        var layers = new List<(Digest Digest, long? Size)>();
        var failures = new List<string>();
        foreach (var text in texts)
        {
            if (Digest.TryParse(text, out var digest))
            {
                layers.Add((digest, blobs.Find(digest)));
            }
            else
            {
                failures.Add(text);
            }
        }

        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteList("layers", layers, layer => WriteLayer(json, layer.Digest, layer.Size));
            json.WriteList("failures", failures, text => WriteFailure(json, text));
        });
    }

    private static void WriteLayer(Utf8JsonWriter json, Digest digest, long? size)
    {
        json.WriteStartObject();
        json.WriteString("layerDigest", digest.ToString());
        json.WriteString("layerAvailability", size is null ? "UNAVAILABLE" : "AVAILABLE");
        if (size is { } bytes)
        {
            json.WriteNumber("layerSize", bytes);
        }

        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("layerDigest", text);
        json.WriteString("failureCode", text.Length == 0 ? "MissingLayerDigest" : "InvalidLayerDigest");
        json.WriteString(
            "failureReason",
            "Invalid request parameters: layer digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"
        );
        json.WriteEndObject();
    }
}
