using System.Text.Json;
using Lading.Server.Access;
using Lading.Server.Uploads;
using Microsoft.AspNetCore.Http;

namespace Lading.Server.Ecr;

/// <summary><c>POST /</c> with <c>X-Amz-Target</c>: an operation of the ECR API (AWS JSON 1.1).</summary>
internal sealed class EcrEndpoint(string target) : IEndpoint
{
    public const string TargetHeader = "X-Amz-Target";

    /// <summary>A layer part of 10 MiB in base64, and the JSON around it.</summary>
    private const int MaximumBody = 15 * 1024 * 1024;

    /// <summary>The name in the scope of signatures.</summary>
    private const string Service = "ecr";

    private const string Prefix = "AmazonEC2ContainerRegistry_V20150921.";
    private const string MediaType = "application/x-amz-json-1.1";

    public async Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        try
        {
            await CarryOutAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (EcrException refusal)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, refusal, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TooManyUploadsException many)
        {
            var refusal = new EcrException("LimitExceededException", many.Message);
            await RefuseAsync(context, StatusCodes.Status400BadRequest, refusal, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or LadingException
                && !cancellationToken.IsCancellationRequested
            )
        {
            var server = new EcrException("ServerException", failure.Message);
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, server, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task CarryOutAsync(RegistryContext context, CancellationToken cancellationToken)
    {
        var operation =
            (target.StartsWith(Prefix, StringComparison.Ordinal) ? EcrOperations.Find(target[Prefix.Length..]) : null)
            ?? throw new EcrException(
                "UnknownOperationException",
                $"'{target}' is not answered here: of AWS, the embedded registry is ECR and, of STS, who the caller is"
            );
        var signatures = context.Registry.Signatures;
        Require(signatures.FindBeforeBody(context.Request, Service));
        var body =
            await RequestBytes
                .ReadAsync(context, MaximumBody, signatures.IsProven(context.Request), cancellationToken)
                .ConfigureAwait(false)
            ?? throw EcrException.Unreadable($"the request has more than {MaximumBody} bytes");
        Require(signatures.Find(context.Request, body));

        using var document = Parse(body);
        var input = new EcrRequestBody(document.RootElement);
        var region = SignedRequest.Find(context.Request)?.Region ?? context.Registry.Options.Region;
        var call = new EcrCall(context.Registry, input, context.Origin, region);
        if (input.FindText("registryId") is { } registryId && registryId != call.Account)
        {
            throw new EcrException(
                "AccessDeniedException",
                $"the registry with id '{registryId}' is not this one, which is that of account '{call.Account}'"
            );
        }

        var write = await operation.AnswerAsync(call, cancellationToken).ConfigureAwait(false);
        await context
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

    private static void Require(SignatureFault? fault)
    {
        if (fault is not null)
        {
            throw new EcrException(fault.Code, fault.Message);
        }
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            var document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw EcrException.Unreadable("the request is not a JSON object");
        }
        catch (JsonException e)
        {
            throw EcrException.Unreadable(JsonFault.Of(e));
        }
    }

    private static Task RefuseAsync(
        RegistryContext context,
        int status,
        EcrException refusal,
        CancellationToken cancellationToken
    )
    {
        context.Response.Headers["x-amzn-ErrorType"] = refusal.Code;
        return context.WriteJsonAsync(
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
