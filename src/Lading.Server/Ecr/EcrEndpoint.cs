using System.Text.Json;
using Lading.Server.Access;
using Lading.Server.Uploads;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Ecr;

/// <summary><c>POST /</c> with <c>X-Amz-Target</c>: an operation of the ECR API (AWS JSON 1.1).</summary>
internal sealed class EcrEndpoint(string target) : IEndpoint
{
    public const string TargetHeader = "X-Amz-Target";

    /// <summary>A part of a layer, 10 MiB, in base64, and what stands around it.</summary>
    private const int MaximumBody = 15 * 1024 * 1024;

    private const string Prefix = "AmazonEC2ContainerRegistry_V20150921.";
    private const string MediaType = "application/x-amz-json-1.1";

    public async Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        exchange.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        try
        {
            await CarryOutAsync(exchange, cancellationToken).ConfigureAwait(false);
        }
        catch (EcrException refusal)
        {
            await RefuseAsync(exchange, StatusCodes.Status400BadRequest, refusal, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TooManyUploadsException many)
        {
            var refusal = new EcrException("LimitExceededException", many.Message);
            await RefuseAsync(exchange, StatusCodes.Status400BadRequest, refusal, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or LadingException
                && !cancellationToken.IsCancellationRequested
            )
        {
            var server = new EcrException("ServerException", failure.Message);
            await RefuseAsync(exchange, StatusCodes.Status500InternalServerError, server, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task CarryOutAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var operation =
            (target.StartsWith(Prefix, StringComparison.Ordinal) ? EcrOperations.Find(target[Prefix.Length..]) : null)
            ?? throw new EcrException(
                "UnknownOperationException",
                $"'{target}' is not answered here: of AWS, the embedded registry is ECR and, of STS, who the caller is"
            );
        var body =
            await RequestBytes.ReadAsync(exchange, MaximumBody, cancellationToken).ConfigureAwait(false)
            ?? throw EcrException.Unreadable($"the request has more than {MaximumBody} bytes");
        if (exchange.Registry.Signatures.Find(exchange.Request, body) is { } fault)
        {
            throw new EcrException(fault.Code, fault.Message);
        }

        using var document = Parse(body);
        var input = new EcrInput(document.RootElement);
        var region = AwsRequest.Find(exchange.Request)?.Region ?? exchange.Registry.Options.Region;
        var call = new EcrCall(exchange.Registry, input, exchange.Origin, region);
        if (input.FindText("registryId") is { } registryId && registryId != call.Account)
        {
            throw new EcrException(
                "AccessDeniedException",
                $"the registry with id '{registryId}' is not this one, which is that of account '{call.Account}'"
            );
        }

        var write = await operation.AnswerAsync(call, cancellationToken).ConfigureAwait(false);
        await exchange
            .WriteJsonAsync(
                StatusCodes.Status200OK,
                MediaType,
                json =>
                {
                    json.WriteStartObject();
                    write(json);
                    json.WriteEndObject();
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            var document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw EcrException.Unreadable("the request is no JSON object");
        }
        catch (JsonException e)
        {
            throw EcrException.Unreadable(e.Message);
        }
    }

    private static Task RefuseAsync(
        Exchange exchange,
        int status,
        EcrException refusal,
        CancellationToken cancellationToken
    )
    {
        exchange.Response.Headers["x-amzn-ErrorType"] = refusal.Code;
        return exchange.WriteJsonAsync(
            status,
            MediaType,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("__type", refusal.Code);
                json.WriteString("message", refusal.Message);
                refusal.Members?.Invoke(json);
                json.WriteEndObject();
            },
            cancellationToken
        );
    }
}
