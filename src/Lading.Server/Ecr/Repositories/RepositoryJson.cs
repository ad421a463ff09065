using System.Text.Json;
using Lading.Layout;

namespace Lading.Server.Ecr.Repositories;

/// <summary>The form of a repository in responses (ECR API, <c>Repository</c>).</summary>
internal static class RepositoryJson
{
    /// <summary>Writes it as an object.</summary>
    public static void Write(Utf8JsonWriter json, EcrCall call, ServedRepository repository)
    {
        json.WriteStartObject();
        WriteMembers(json, call, repository);
        json.WriteEndObject();
    }

    /// <summary>Writes it as the member <c>repository</c>.</summary>
    public static void WriteMember(Utf8JsonWriter json, EcrCall call, ServedRepository repository)
    {
        json.WriteStartObject("repository");
        WriteMembers(json, call, repository);
        json.WriteEndObject();
    }

    public static void WriteScanning(Utf8JsonWriter json, RepositoryRecord record)
    {
        json.WriteStartObject("imageScanningConfiguration");
        json.WriteBoolean("scanOnPush", record.ScanOnPush);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, EcrCall call, ServedRepository repository)
    {
        json.WriteString("repositoryArn", call.ArnOf(repository.Name));
        call.WriteRepository(json, repository.Name);
        json.WriteString("repositoryUri", call.UriOf(repository.Name));
        json.WriteTime("createdAt", repository.Record.CreatedAt);
        TagMutability.Write(json, repository.Record.Settings);
        WriteScanning(json, repository.Record);
        json.WriteStartObject("encryptionConfiguration");
        json.WriteString("encryptionType", repository.Record.EncryptionType);
        json.WriteOptional("kmsKey", repository.Record.EncryptionKey);
        json.WriteEndObject();
    }
}
