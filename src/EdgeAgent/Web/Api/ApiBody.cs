using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Web.Api;

/// <summary>Reads what a request brings, and writes what it gets.</summary>
internal static class ApiBody
{
    /// <exception cref="ApiProblem">It is not what the type describes; the problem says where.</exception>
    public static async Task<T> ReadJsonAsync<T>(this HttpContext context, JsonTypeInfo<T> type)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw ApiProblem.BadRequest(new($"请求内容不是所需的 JSON：{e.Message}", $"The body is not the JSON that was expected: {e.Message}"));
        }
    }

    public static Task WriteJsonAsync<T>(this HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(value, type, cancellationToken: context.RequestAborted);
    }

    public static Task WriteTextAsync(this HttpContext context, string contentType, string text)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>Done, and nothing to say about it.</summary>
    public static Task WriteNothing(this HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
