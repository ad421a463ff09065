using System.Text.Json;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:PutImageScanningConfiguration. It is stored; nothing is scanned.</summary>
internal sealed class PutImageScanningConfigurationOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var scans = call.Input.Object("imageScanningConfiguration").IsTrue("scanOnPush");
        var repository = await call.ChangeAsync(
                call.RepositoryName(),
                record => record with { ScanOnPush = scans },
                cancellationToken
            )
            .ConfigureAwait(false);
        return json =>
        {
            call.WriteRepository(json, repository.Name);
            RepositoryJson.WriteScanning(json, repository.Record);
        };
    }
}
